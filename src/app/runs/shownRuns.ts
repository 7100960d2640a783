import type { Result } from '../../core/result';
import type { RunsStore } from '../../panels/runs/runsStore';
import type { RunRecord } from '../../runs/runRecord';
import type { RunFaults } from './runFaults';

interface Part<T> {
  read(id: string): Promise<Result<T | null>>;
  /** What has been read, by run; the map is a new one after every change. */
  take(parts: ReadonlyMap<string, T>): void;
  readonly runs: RunsStore;
  readonly faults: RunFaults;
}

/**
 * A part of kept runs that is looked at: their curves, or their reports. It is read when somebody wants it, again when it has grown,
 * and let go of when nobody does.
 */
export class ShownRuns<T> {
  private wanted: readonly string[] = [];
  private parts: ReadonlyMap<string, T> = new Map();
  /** When what is read was written. */
  private readonly readAt = new Map<string, number>();
  private readonly reading = new Set<string>();

  constructor(private readonly part: Part<T>) {}

  want(ids: readonly string[]): void {
    this.wanted = ids;
    void this.catchUp();
  }

  /** Reads what has grown; one run at a time, and each of them once. */
  async catchUp(): Promise<void> {
    for (const id of this.wanted) {
      const record = this.find(id);
      if (record === null || this.reading.has(id) || this.readAt.get(id) === record.updated) {
        continue;
      }
      this.reading.add(id);
      const part = this.part.faults.value(await this.part.read(id));
      this.reading.delete(id);
      this.readAt.set(id, record.updated);
      if (part !== null) this.keep(id, part);
    }
  }

  private find(id: string): RunRecord | null {
    return this.part.runs.getState().runs?.find((run) => run.id === id) ?? null;
  }

  private keep(id: string, part: T): void {
    const wanted = new Set(this.wanted);
    const kept = [...this.parts].filter(([other]) => wanted.has(other));
    for (const other of this.parts.keys()) if (!wanted.has(other)) this.readAt.delete(other);
    this.parts = new Map([...kept, [id, part]]);
    this.part.take(this.parts);
  }
}
