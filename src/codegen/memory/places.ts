import { defined } from '../../core/invariant';
import { elementCount, type DType, type Value } from '../../ir/types';
import { whole, type Ref, type Storage, type StorageRole } from '../plan';
import { aliasOffset } from '../views/viewMap';

/** A storage whose role and length may still change while a plan is made. */
interface OpenStorage extends Storage {
  role: StorageRole;
  length: number;
}

/**
 * Where values are. Single numbers share one storage for each type, so that a kernel that reads many of them
 * needs one binding; they are never moved and never reuse each other's place.
 */
export class Places {
  readonly storages: Storage[] = [];
  private readonly open = new Map<Storage, OpenStorage>();
  private readonly placed = new Map<Value, Ref>();
  private readonly scalars = new Map<DType, OpenStorage>();
  private readonly moved = new Set<Value>();

  create(
    role: StorageRole,
    name: string,
    dtype: DType,
    length: number,
    contents?: Storage['contents'],
  ): Storage {
    const storage: OpenStorage = { id: this.storages.length, role, name, dtype, length, contents };
    this.storages.push(storage);
    this.open.set(storage, storage);
    return storage;
  }

  /** A place among the single numbers. */
  scalar(dtype: DType): Ref {
    let storage = this.scalars.get(dtype);
    if (!storage) {
      const made = this.create('scalars', `scalars.${dtype}`, dtype, 0);
      storage = defined(this.open.get(made), 'scalars');
      this.scalars.set(dtype, storage);
    }
    return { storage, offset: storage.length++, length: 1 };
  }

  /** A place for a value that a kernel of the step computes. */
  temporary(value: Value): Ref {
    const length = elementCount(value.shape);
    if (length === 1) return this.scalar(value.dtype);
    return whole(this.create('temporary', `%${value.id}`, value.dtype, length));
  }

  put(value: Value, ref: Ref): void {
    this.placed.set(value, ref);
  }

  /**
   * Gives what a value names a new place, when it is all of a temporary of its own; false when it must stay where
   * it is. The temporary it had is then nobody's.
   */
  moveTo(value: Value, target: Ref): boolean {
    const base = this.base(value);
    const ref = this.placed.get(base);
    const movable =
      ref !== undefined &&
      isComputed(base) &&
      !this.moved.has(base) &&
      elementCount(base.shape) === target.length &&
      (ref.storage.role === 'scalars' ||
        (ref.storage.role === 'temporary' && ref.storage.length === ref.length));
    if (!movable) return false;
    this.moved.add(base);
    this.placed.set(base, target);
    return true;
  }

  /** Keeps a temporary's contents until the next step. */
  keep(storage: Storage): void {
    if (storage.role === 'temporary') defined(this.open.get(storage), 'storage').role = 'output';
  }

  /** The value whose place an alias names: itself when it is none. */
  base(value: Value): Value {
    if (this.placed.has(value) || aliasOffset(value) === null) return value;
    return this.base(defined(value.operands[0], 'operand'));
  }

  /** Where a value is; null when it is only computed inside kernels. */
  readonly refOf = (value: Value): Ref | null => {
    const own = this.placed.get(value);
    if (own) return own;
    const offset = aliasOffset(value);
    if (offset === null) return null;
    const ref = this.refOf(defined(value.operands[0], 'operand'));
    const length = elementCount(value.shape);
    return ref && { storage: ref.storage, offset: ref.offset + offset, length };
  };
}

/** Whether a kernel makes the value: others are inputs, or belong to a loop. */
function isComputed({ kind }: Value): boolean {
  return !['input', 'literal', 'constant', 'carried', 'repeatResult', 'iteration'].includes(kind);
}
