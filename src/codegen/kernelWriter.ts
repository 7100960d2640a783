import { invariant } from '../core/invariant';
import { elementCount, type AnyValue, type Value } from '../ir/types';
import type { Emission } from './emission';
import { emitInline } from './inlineRules';
import { formOf, isInlineValue } from './opForms';
import type { Binding, Ref, Storage } from './plan';
import { viewMap } from './viewMap';
import { helperSources, type HelperName } from './wgsl/helpers';
import { literal, storedType } from './wgsl/literals';

/** How a kernel touches a storage. */
export interface StorageUse {
  /** Position of the binding. */
  readonly binding: number;
  read: boolean;
  written: boolean;
  /** Every element is read only by the thread that has its number: the result may overwrite it. */
  ownElementOnly: boolean;
}

/**
 * What of memory a kernel touches, by storage, or for single numbers by element: key → whether only threads'
 * own elements are meant.
 */
export type Touched = ReadonlyMap<string, boolean>;

export interface WrittenKernel {
  readonly wgsl: string;
  readonly bindings: readonly Binding[];
  readonly uses: ReadonlyMap<Storage, StorageUse>;
  readonly workgroups: readonly [number, number];
}

/** Name of the index of a thread's own element in kernels that have one thread an element. */
export const OWN_INDEX = 'i';

/**
 * Collects the code of one kernel. Arrays are bound when they are first touched; each once, `read_write` when
 * it is written at all, since one buffer must not be bound both ways in a dispatch.
 */
export class KernelWriter implements Emission {
  readonly uses = new Map<Storage, StorageUse>();
  /** Values whose code is in this kernel. */
  readonly covered = new Set<Value>();
  private readonly readPlaces = new Map<string, boolean>();
  private readonly writtenPlaces = new Map<string, boolean>();
  /** Elements just stored → their code: reading them again needs no load. */
  private readonly stored = new Map<string, string>();
  private readonly helpers = new Set<HelperName>();
  private readonly declarations: string[] = [];
  private readonly lines: string[] = [];
  /** Expression → its name, innermost block last. */
  private readonly known: Map<string, string>[] = [new Map()];
  private nextName = 0;
  private groups: readonly [number, number] = [1, 1];
  private threads = 1;
  private constantsNamed = false;

  constructor(
    private readonly refOf: (value: Value) => Ref | null,
    private readonly maxGroupsPerDimension: number,
    /** Storages that only this kernel touches: their elements stay in registers. */
    private readonly internal: ReadonlySet<Storage> = new Set(),
  ) {}

  get reads(): Touched {
    return this.readPlaces;
  }

  get writes(): Touched {
    return this.writtenPlaces;
  }

  /** Sets the size of the grid; afterwards `group` is the workgroup's number and `local` the thread's in it. */
  grid(groups: number, threads: number): void {
    const y = Math.ceil(groups / this.maxGroupsPerDimension);
    this.groups = [Math.ceil(groups / y), y];
    this.threads = threads;
    const [x] = this.groups;
    this.line(
      y === 1 ? 'let group = workgroup.x;' : `let group = workgroup.y * ${x}u + workgroup.x;`,
    );
    // A folded grid may have some groups too many; they all leave at once, so barriers stay uniform.
    if (x * y > groups) this.line(`if (group >= ${groups}u) { return; }`);
  }

  /** A grid of one thread for each of `count` elements, with `i` the element's number. */
  gridOfElements(count: number): void {
    const threads = count < 64 ? Math.max(1, count) : 64;
    this.gridWithoutGuard(count, threads);
    if (count % threads !== 0) this.line(`if (${OWN_INDEX} >= ${count}u) { return; }`);
  }

  /** As `gridOfElements`, but `i` may be `count` or more. */
  gridWithoutGuard(count: number, threads: number): void {
    this.grid(Math.ceil(count / threads), threads);
    this.line(
      threads === 1
        ? `let ${OWN_INDEX} = group;`
        : `let ${OWN_INDEX} = group * ${threads}u + local;`,
    );
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.known.length)}${text}`);
  }

  /** A statement block; names made inside end with it. */
  block(head: string, body: () => void): void {
    this.line(`${head} {`);
    this.known.push(new Map());
    body();
    this.known.pop();
    this.line('}');
  }

  /** A module-scope declaration, for workgroup memory. */
  declare(text: string): void {
    this.declarations.push(text);
  }

  use(helper: HelperName): void {
    this.helpers.add(helper);
  }

  let(expression: string): string {
    if (/^([A-Za-z_]\w*|\d+u)$/.test(expression)) return expression;
    for (const scope of this.known) {
      const name = scope.get(expression);
      if (name !== undefined) return name;
    }
    const name = `t${this.nextName++}`;
    this.line(`let ${name} = ${expression};`);
    this.known.at(-1)?.set(expression, name);
    return name;
  }

  emit(value: Value, index: string): string {
    const at = elementCount(value.shape) === 1 ? '0u' : index;
    const ref = this.refOf(value);
    if (ref) return this.load(ref, at);
    return this.compute(value, at);
  }

  /** As `emit`, but computes the value even when it has a place in memory: for the kernel that puts it there. */
  compute(value: Value, index: string): string {
    const any = value as AnyValue;
    if (any.kind === 'constant') {
      const code = literal(any.attributes.value, any.dtype);
      if (code.includes('infinity')) this.use('infinity');
      return this.constantsNamed ? this.let(code) : code;
    }
    invariant(isInlineValue(any), `${any.kind} %${any.id} has no place in memory`);
    this.covered.add(value);
    const outer = this.constantsNamed;
    // WGSL refuses constant expressions that overflow or divide by zero; a name is not one.
    this.constantsNamed = any.operands.every((operand) => this.isConstant(operand));
    const code = emitInline(this, any, index);
    this.constantsNamed = outer;
    return this.let(code);
  }

  /** Element `index` of an array. */
  load(ref: Ref, index: string): string {
    const own = this.isOwn(ref, index);
    note(this.readPlaces, placeKey(ref, index), own);
    const stored = this.stored.get(elementKey(ref, index));
    if (stored !== undefined) return stored;
    const use = this.touch(ref.storage);
    use.read = true;
    if (!own) use.ownElementOnly = false;
    const element = this.place(ref, index);
    return this.let(ref.storage.dtype === 'bool' ? `${element} != 0u` : element);
  }

  store(ref: Ref, index: string, expression: string): void {
    note(this.writtenPlaces, placeKey(ref, index), this.isOwn(ref, index));
    // Inside a block it may not be executed.
    if (this.known.length === 1) this.stored.set(elementKey(ref, index), expression);
    if (this.internal.has(ref.storage)) return;
    this.touch(ref.storage).written = true;
    const code = ref.storage.dtype === 'bool' ? `u32(${expression})` : expression;
    this.line(`${this.place(ref, index)} = ${code};`);
  }

  private isOwn({ storage, offset }: Ref, index: string): boolean {
    return storage.length === 1 || (index === OWN_INDEX && offset === 0);
  }

  finish(): WrittenKernel {
    const bindings = [...this.uses].map(([storage, use]): Binding => ({
      storage,
      access: use.written ? 'read_write' : 'read',
    }));
    const variables = bindings.map(
      ({ storage, access }, number) =>
        `@group(0) @binding(${number}) var<storage, ${access}> b${number}: array<${storedType(storage.dtype)}>;`,
    );
    const parts = [
      variables.join('\n'),
      ...helperSources(this.helpers),
      this.declarations.join('\n'),
      `@compute @workgroup_size(${this.threads})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
${this.lines.join('\n')}
}`,
    ];
    return {
      wgsl: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
      bindings,
      uses: this.uses,
      workgroups: this.groups,
    };
  }

  private touch(storage: Storage): StorageUse {
    let use = this.uses.get(storage);
    if (!use) {
      use = { binding: this.uses.size, read: false, written: false, ownElementOnly: true };
      this.uses.set(storage, use);
    }
    return use;
  }

  private place({ storage, offset }: Ref, index: string): string {
    const at = offset === 0 ? index : index === '0u' ? `${offset}u` : `${index} + ${offset}u`;
    return `b${this.touch(storage).binding}[${at}]`;
  }

  private isConstant(value: Value): boolean {
    if (this.refOf(value)) return false;
    if (formOf(value.kind) === 'constant') return true;
    const [operand] = value.operands;
    return viewMap(value) !== null && operand !== undefined && this.isConstant(operand);
  }
}

function note(places: Map<string, boolean>, key: string, own: boolean): void {
  places.set(key, own && (places.get(key) ?? true));
}

/** Key for single numbers at an index that is not known: it may be any of them. */
export const ANY_SCALAR = 'any scalar';

function placeKey({ storage, offset }: Ref, index: string): string {
  if (storage.role !== 'scalars') return `${storage.id}`;
  return index === '0u' ? `${storage.id}+${offset}` : ANY_SCALAR;
}

function elementKey({ storage, offset }: Ref, index: string): string {
  return `${storage.id}+${offset}@${storage.length === 1 ? '0u' : index}`;
}
