import { ELEMENT_BYTES, storedType, type PlanLimits, type Storage } from '../plan';

/**
 * Which buffer a storage belongs to: one for each role and type, so that a kernel binds few buffers whatever it
 * touches; another one when that might become too large for a binding. Data sets and the ring of metrics,
 * which can be large and are seldom touched, have their own.
 */
export class Arenas {
  private readonly numbers = new Map<number, number>();
  private readonly open = new Map<string, { number: number; bytes: number }>();
  private readonly most: number;
  private count = 0;

  constructor({ maxStorageBufferBindingSize, maxBufferSize }: PlanLimits) {
    this.most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  }

  /** Number of the buffer. */
  of(storage: Storage): number {
    const known = this.numbers.get(storage.id);
    if (known !== undefined) return known;
    const name = arenaName(storage);
    const bytes = storage.length * ELEMENT_BYTES;
    let arena = this.open.get(name);
    // Nothing is known yet of what shares memory, so this may open one more than is needed.
    if (!arena || arena.bytes + bytes > this.most) {
      arena = { number: this.count++, bytes: 0 };
      this.open.set(name, arena);
    }
    arena.bytes += bytes;
    this.numbers.set(storage.id, arena.number);
    return arena.number;
  }
}

/** What the storages of a buffer have in common. */
function arenaName(storage: Storage): string {
  return hasOwnBuffer(storage) ? `${storage.role} ${storage.id}` : bufferLabel(storage);
}

function hasOwnBuffer({ role }: Storage): boolean {
  return role === 'data' || role === 'ring';
}

/** Name for people of the buffer of a storage. */
export function bufferLabel({ role, dtype, name }: Storage): string {
  switch (role) {
    case 'data':
    case 'ring':
      return name;
    case 'state':
      return `state ${storedType(dtype)}`;
    default:
      return `work ${storedType(dtype)}`;
  }
}
