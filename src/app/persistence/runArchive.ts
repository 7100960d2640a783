import type { DBSchema, IDBPObjectStore, StoreNames } from 'idb';
import { failure, success, type Result } from '../../core/result';
import type { ProbeReport } from '../../probing/report';
import { fillHistory, type CurveChunk } from '../../runs/curveChunks';
import { MetricHistory } from '../../runs/metricHistory';
import type { CheckpointInfo, RunRecord } from '../../runs/runRecord';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import type { HostArrays } from '../../engine/engine';
import { answered, atomically, connectTo } from '../../storage/database';
import { storageFault } from '../../storage/storageFault';

/** What is known of a run before it has a place in the archive. */
export type RunDraft = Omit<RunRecord, 'ordinal'>;

/** A run as it is by now, and what of its curve and reports has come since the last time. */
export interface RunUpdate {
  readonly record: RunDraft;
  /** It is not in the archive yet. */
  readonly isNew: boolean;
  readonly chunks: ReadonlyMap<number, CurveChunk>;
  /** The curve is another one than before: older pieces are not of it. */
  readonly replacesCurve: boolean;
  /** Of later steps than those that are kept are dropped: the run was taken back. */
  readonly reports: readonly ProbeReport[];
  /** Steps of reports that are let go, so that a long run does not grow without end. */
  readonly droppedReports: readonly number[];
  readonly checkpoint: { readonly info: CheckpointInfo; readonly state: HostArrays } | null;
}

/** `removed`: somebody deleted the run, so it is not kept any more. */
export type KeptOutcome = 'kept' | 'removed';

/** What the user may change of a run. */
export type RunChange = Partial<Pick<RunRecord, 'name' | 'tags' | 'starred' | 'status'>>;

/** What another tab, or this one, did. */
export type ArchiveChange =
  | { readonly kind: 'kept'; readonly record: RunRecord }
  | { readonly kind: 'removed'; readonly ids: readonly string[] }
  | { readonly kind: 'sweeps' };

/** The runs and sweeps of this browser. What fails is said and never thrown; nothing is half written. */
export interface RunArchive {
  /** The latest first. */
  list(): Promise<Result<readonly RunRecord[]>>;
  keep(update: RunUpdate): Promise<Result<KeptOutcome>>;
  change(id: string, change: RunChange): Promise<Result<null>>;
  /** Null when the run is not there, or its curve is not whole. */
  history(id: string): Promise<Result<MetricHistory | null>>;
  reports(id: string): Promise<Result<readonly ProbeReport[]>>;
  /** The state at the run's checkpoint. */
  state(id: string): Promise<Result<HostArrays | null>>;
  remove(ids: readonly string[]): Promise<Result<null>>;
  /** Makes room: the runs stay, and cannot be gone on with. */
  removeStates(ids: readonly string[]): Promise<Result<null>>;
  sweeps(): Promise<Result<readonly SweepDefinition[]>>;
  keepSweep(sweep: SweepDefinition): Promise<Result<null>>;
  /** Its runs stay. */
  removeSweep(id: string): Promise<Result<null>>;
  /** Hears of every change, whichever tab made it. Gives back the function that ends it. */
  subscribe(listener: (change: ArchiveChange) => void): () => void;
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  runs: { key: string; value: RunRecord; indexes: { ordinal: number } };
  chunks: { key: [string, number]; value: CurveChunk };
  reports: { key: [string, number]; value: ProbeReport };
  states: { key: string; value: HostArrays };
  sweeps: { key: string; value: SweepDefinition };
}

const RUN_STORES = ['runs', 'chunks', 'reports', 'states'] as const;
const DATABASE_VERSION = 1;

const ADVICE = {
  what: 'runs',
  full: 'Delete runs, or the weights of runs, that you do not need.',
  other: 'Export the runs that you want to keep',
};

type Writable<Name extends StoreNames<Schema>> = IDBPObjectStore<
  Schema,
  typeof RUN_STORES,
  Name,
  'readwrite'
>;

/** Runs in this browser's IndexedDB. */
export function createRunArchive(name = 'basin-runs'): RunArchive {
  const connection = connectTo<Schema>(name, DATABASE_VERSION, (database) => {
    database.createObjectStore('runs', { keyPath: 'id' }).createIndex('ordinal', 'ordinal');
    for (const store of ['chunks', 'reports', 'states'] as const) database.createObjectStore(store);
    database.createObjectStore('sweeps', { keyPath: 'id' });
  });
  const channel = new BroadcastChannel(name);
  const listeners = new Set<(change: ArchiveChange) => void>();
  let closed = false;

  const hear = (change: ArchiveChange): void => {
    for (const listener of listeners) listener(change);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<ArchiveChange>) => hear(data));
  const announce = (change: ArchiveChange): void => {
    if (closed) return;
    channel.postMessage(change);
    hear(change);
  };

  const attempt = async <T>(consequence: string, action: () => Promise<T>): Promise<Result<T>> => {
    try {
      return success(await answered(action()));
    } catch (error) {
      return failure(storageFault(error, consequence, ADVICE));
    }
  };

  const transaction = async () => (await connection.open()).transaction(RUN_STORES, 'readwrite');

  return {
    list: () =>
      attempt('the runs cannot be listed', async () => {
        const records = await (await connection.open()).getAll('runs');
        return records.sort((a, b) => b.created - a.created || b.ordinal - a.ordinal);
      }),

    keep: (update) =>
      attempt('the run is not recorded', async () => {
        const all = await transaction();
        const record = await atomically(all, async () => {
          const kept = await place(all.objectStore('runs'), update);
          if (kept === null) return null;
          const { id } = kept;
          const chunks = all.objectStore('chunks');
          if (update.replacesCurve) await chunks.delete(piecesOf(id));
          for (const [index, chunk] of update.chunks) await chunks.put(chunk, [id, index]);
          await addReports(all.objectStore('reports'), id, update.reports);
          for (const step of update.droppedReports) {
            await all.objectStore('reports').delete([id, step]);
          }
          if (update.checkpoint !== null) {
            await all.objectStore('states').put(update.checkpoint.state, id);
          }
          return kept;
        });
        if (record === null) return 'removed';
        announce({ kind: 'kept', record });
        return 'kept';
      }),

    change: (id, change) =>
      attempt('the run is as it was', async () => {
        const all = await transaction();
        const changed = await atomically(all, async () => {
          const runs = all.objectStore('runs');
          const stored = await runs.get(id);
          if (stored === undefined) return null;
          const next = { ...stored, ...change };
          await runs.put(next);
          return next;
        });
        if (changed !== null) announce({ kind: 'kept', record: changed });
        return null;
      }),

    history: (id) =>
      attempt('the curve of the run cannot be read', async () => {
        const reading = (await connection.open()).transaction(['runs', 'chunks']);
        const stored = reading.objectStore('chunks');
        const [record, keys, values] = await Promise.all([
          reading.objectStore('runs').get(id),
          stored.getAllKeys(piecesOf(id)),
          stored.getAll(piecesOf(id)),
        ]);
        if (record === undefined) return null;
        const chunks = new Map(
          keys.flatMap(([, index], place) => {
            const chunk = values[place];
            return chunk === undefined ? [] : [[index, chunk] as const];
          }),
        );
        const history = new MetricHistory();
        return fillHistory(history, record.curve, chunks) ? history : null;
      }),

    reports: (id) =>
      attempt('the reports of the run cannot be read', async () =>
        (await connection.open()).getAll('reports', piecesOf(id)),
      ),

    state: (id) =>
      attempt(
        'the weights of the run cannot be read',
        async () => (await (await connection.open()).get('states', id)) ?? null,
      ),

    remove: (ids) =>
      attempt('the runs are still there', async () => {
        const all = await transaction();
        await atomically(all, async () => {
          for (const id of ids) {
            await all.objectStore('runs').delete(id);
            await all.objectStore('chunks').delete(piecesOf(id));
            await all.objectStore('reports').delete(piecesOf(id));
            await all.objectStore('states').delete(id);
          }
        });
        announce({ kind: 'removed', ids });
        return null;
      }),

    removeStates: (ids) =>
      attempt('the weights are still there', async () => {
        const all = await transaction();
        const changed = await atomically(all, async () => {
          const records: RunRecord[] = [];
          for (const id of ids) {
            const stored = await all.objectStore('runs').get(id);
            await all.objectStore('states').delete(id);
            if (stored === undefined) continue;
            const without = { ...stored, checkpoint: null };
            await all.objectStore('runs').put(without);
            records.push(without);
          }
          return records;
        });
        for (const record of changed) announce({ kind: 'kept', record });
        return null;
      }),

    sweeps: () =>
      attempt('the sweeps cannot be listed', async () => {
        const sweeps = await (await connection.open()).getAll('sweeps');
        return sweeps.sort((a, b) => b.created - a.created);
      }),

    keepSweep: (sweep) =>
      attempt('the sweep is not kept', async () => {
        await (await connection.open()).put('sweeps', sweep);
        announce({ kind: 'sweeps' });
        return null;
      }),

    removeSweep: (id) =>
      attempt('the sweep is still there', async () => {
        await (await connection.open()).delete('sweeps', id);
        announce({ kind: 'sweeps' });
        return null;
      }),

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      closed = true;
      channel.close();
      await connection.close();
    },
  };
}

/** Everything of a run in a store whose keys begin with its id. */
function piecesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, -Infinity], [id, Infinity]);
}

/**
 * Writes the record. What the user says of a run is the stored one's: it may have been said in another tab meanwhile. Null: it was
 * removed.
 */
async function place(
  runs: Writable<'runs'>,
  { record, isNew, checkpoint }: RunUpdate,
): Promise<RunRecord | null> {
  const stored = await runs.get(record.id);
  if (stored === undefined && !isNew) return null;
  const kept: RunRecord = {
    ...record,
    ...(stored === undefined
      ? { ordinal: (await largestOrdinal(runs)) + 1 }
      : {
          ordinal: stored.ordinal,
          name: stored.name,
          tags: stored.tags,
          starred: stored.starred,
        }),
    // Weights that were cleared away do not come back with the next step.
    checkpoint: checkpoint?.info ?? stored?.checkpoint ?? null,
  };
  await runs.put(kept);
  return kept;
}

async function largestOrdinal(runs: Writable<'runs'>): Promise<number> {
  const last = await runs.index('ordinal').openKeyCursor(null, 'prev');
  return last?.key ?? 0;
}

async function addReports(
  stored: Writable<'reports'>,
  id: string,
  reports: readonly ProbeReport[],
): Promise<void> {
  for (const report of reports) {
    await stored.delete(IDBKeyRange.bound([id, report.step], [id, Infinity]));
    await stored.put(report, [id, report.step]);
  }
}
