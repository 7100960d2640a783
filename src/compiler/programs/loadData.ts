import type { Diagnostic } from '../../core/diagnostic';
import { randomKey, RandomStream } from '../../core/random';
import { failure, success, type Result } from '../../core/result';
import { sampleSize, tensorType } from '../../graph/ports';
import type { Dataset, DatasetSpec } from '../../graph/nodeDefinition';
import { LABELS, type DataRequest } from '../lowering/dataRequest';

/** The two halves of a data set's labels, for probes only. */
export interface SplitLabels {
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
}

export interface LoadedData {
  /** Request name → its rows in row-major order: what `Engine.compile` takes as `data`. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  /** Data set id → labels, for data sets that have them. */
  readonly labels: ReadonlyMap<string, SplitLabels>;
}

export interface DataSource {
  /** The document's seed. */
  readonly seed: number;
  /** Bytes of a file that ships with Basin. May reject: the data set is then unavailable. */
  asset(name: string): Promise<ArrayBuffer>;
  /** Keeps loaded data sets from one call to the next. */
  readonly cache?: DatasetCache;
}

/** Loaded data sets by seed and id: making or fetching them again is the slowest part of a small compilation. */
export class DatasetCache {
  private readonly entries = new Map<string, Promise<Result<Dataset>>>();

  constructor(private readonly capacity = 8) {}

  async get(key: string, load: () => Promise<Result<Dataset>>): Promise<Result<Dataset>> {
    const known = this.entries.get(key);
    if (known) return known;
    const loading = load();
    this.entries.set(key, loading);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.capacity && oldest !== undefined) this.entries.delete(oldest);
    const result = await loading;
    // A failure may be a lost connection: the next call tries again.
    if (!result.ok) this.entries.delete(key);
    return result;
  }
}

/**
 * Loads each data set of `requests` once and cuts the requested columns: the first `trainRows` rows are for
 * training, the next `heldOutRows` are held out. Arrays are views into the data set: do not write or transfer them.
 *
 * Fails with `data.unavailable` for each data set that cannot be loaded, has the wrong number of values or
 * holds a number that is not finite.
 */
export async function loadData(
  requests: readonly DataRequest[],
  source: DataSource,
): Promise<Result<LoadedData>> {
  const cache = source.cache ?? new DatasetCache();
  const specs = new Map(requests.map(({ dataset }) => [dataset.id, dataset]));
  const loaded = await Promise.all(
    [...specs.values()].map(async (spec) => {
      const key = `${source.seed}|${spec.id}`;
      return [spec, await cache.get(key, () => loadDataset(spec, source))] as const;
    }),
  );
  const problems = loaded.flatMap(([, result]) => (result.ok ? [] : result.diagnostics));
  const datasets = new Map(
    loaded.flatMap(([spec, result]) => (result.ok ? [[spec.id, result.value] as const] : [])),
  );

  const arrays = new Map<string, Float32Array>();
  for (const { name, dataset: spec, column, split } of requests) {
    const dataset = datasets.get(spec.id);
    if (!dataset) continue;
    const type = column === LABELS ? tensorType([]) : spec.columns[column];
    const values = column === LABELS ? labelNumbers(dataset) : dataset.columns[column];
    if (!type || !values) {
      problems.push(
        unavailable(spec, column === LABELS ? 'it has no labels' : `it has no column “${column}”`),
      );
      continue;
    }
    arrays.set(name, cut(values, spec, split, sampleSize(type)));
  }
  if (problems.length > 0) return failure(...problems);

  const labels = new Map<string, SplitLabels>();
  for (const [id, { labels: all }] of datasets) {
    const spec = specs.get(id);
    if (!all || !spec) continue;
    labels.set(id, { train: cut(all, spec, 'train', 1), heldOut: cut(all, spec, 'heldOut', 1) });
  }
  return success({ arrays, labels });
}

async function loadDataset(spec: DatasetSpec, source: DataSource): Promise<Result<Dataset>> {
  let dataset: Dataset;
  try {
    dataset = await spec.load({
      asset: (name) => source.asset(name),
      random: (stream) => new RandomStream(randomKey(source.seed, spec.id, stream)),
    });
  } catch (error) {
    return failure(unavailable(spec, error instanceof Error ? error.message : String(error)));
  }
  const fault = findFault(dataset, spec);
  return fault === null ? success(dataset) : failure(unavailable(spec, fault));
}

/** What is wrong with a data set, or null. */
function findFault(dataset: Dataset, spec: DatasetSpec): string | null {
  const rows = spec.trainRows + spec.heldOutRows;
  for (const [column, type] of Object.entries(spec.columns)) {
    const values = dataset.columns[column];
    if (!values) return `it has no column “${column}”`;
    const size = sampleSize(type);
    if (values.length !== rows * size) {
      return `column “${column}” has ${values.length} values where ${rows} rows of ${size} were expected`;
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      return `row ${Math.floor(bad / size) + 1} of column “${column}” holds ${values[bad]}, not a finite number`;
    }
  }
  if (dataset.labels && dataset.labels.length !== rows) {
    return `it has ${dataset.labels.length} labels for ${rows} rows`;
  }
  const { classes } = spec;
  if (classes !== undefined && dataset.labels?.some((label) => label < 0 || label >= classes)) {
    return `it has a label that is none of its ${classes} classes`;
  }
  return null;
}

/** Class numbers as programs read them. */
function labelNumbers({ labels }: Dataset): Float32Array | undefined {
  return labels && Float32Array.from(labels);
}

function cut<T extends Float32Array | Int32Array>(
  values: T,
  spec: DatasetSpec,
  split: DataRequest['split'],
  size: number,
): T {
  const start = split === 'train' ? 0 : spec.trainRows;
  const rows = split === 'train' ? spec.trainRows : spec.heldOutRows;
  return values.subarray(start * size, (start + rows) * size) as T;
}

function unavailable(spec: DatasetSpec, reason: string): Diagnostic {
  return {
    code: 'data.unavailable',
    severity: 'error',
    message: `The data set “${spec.own?.name ?? spec.id}” could not be used: ${reason}.`,
    hint: 'Try again, or choose other data on the data node.',
  };
}
