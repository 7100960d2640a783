import type { IdSource } from '../freshId';
import { idSchema } from '../schema';
import { shown } from './repairLog';

export interface AssignedId {
  readonly id: string;
  /** Completes a sentence that begins with the owner's name, or null when the id was fine. */
  readonly problem: string | null;
}

/** Ids of one list of a damaged document: what each item is called now, and what references to it mean. */
export class RepairIds {
  private readonly assigned = new Map<unknown, string>();

  constructor(private readonly freshId: IdSource) {}

  /** Keeps a usable id that no earlier item has; makes another from `base` otherwise. */
  assign(raw: unknown, base: string): AssignedId {
    if (this.assigned.has(raw)) {
      return { id: this.freshId(base), problem: `has the same id as another (${shown(raw)})` };
    }
    if (isId(raw)) {
      this.assigned.set(raw, raw);
      return { id: raw, problem: null };
    }
    const id = this.freshId(base);
    if (typeof raw !== 'string' && typeof raw !== 'number') return { id, problem: 'had no id' };
    this.assigned.set(raw, id);
    return { id, problem: `had an id that cannot be used (${shown(raw)})` };
  }

  /** The id of the item that `raw` refers to, or undefined when there is none. */
  resolve(raw: unknown): string | undefined {
    return this.assigned.get(raw);
  }

  /** Gives the first item that was called `from` another id; references to `from` follow. */
  rename(from: string, to: string): void {
    this.assigned.set(from, to);
  }
}

export function isId(value: unknown): value is string {
  return idSchema.safeParse(value).success;
}
