import type { Column, HistoryHead, MetricHistory } from './metricHistory';

/** Buckets in one piece of a curve: what is written anew when one step is added. */
export const CHUNK_BUCKETS = 512;

/** A piece of all curves of a run: the columns one after the other, in the order of the names. */
export interface CurveChunk {
  readonly mean: Float64Array;
  /** Null while a bucket is a single step: then they are the mean. */
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
}

/** The pieces of a history from the one that holds a bucket on, by number. */
export function curveChunks(
  history: MetricHistory,
  fromBucket: number,
): ReadonlyMap<number, CurveChunk> {
  const chunks = new Map<number, CurveChunk>();
  const columns = history.names.flatMap((name) => history.column(name) ?? []);
  const isExact = history.stride === 1;
  const first = Math.floor(Math.max(0, fromBucket) / CHUNK_BUCKETS);
  for (let chunk = first; chunk * CHUNK_BUCKETS < history.length; chunk++) {
    const from = chunk * CHUNK_BUCKETS;
    const to = Math.min(history.length, from + CHUNK_BUCKETS);
    const together = (part: keyof Column): Float64Array => {
      const all = new Float64Array(columns.length * (to - from));
      columns.forEach((column, index) => {
        all.set(column[part].subarray(from, to), index * (to - from));
      });
      return all;
    };
    chunks.set(chunk, {
      mean: together('mean'),
      low: isExact ? null : together('low'),
      high: isExact ? null : together('high'),
    });
  }
  return chunks;
}

/** Fills a history with the pieces of one; false, and empty, where a piece is missing or has another size. */
export function fillHistory(
  history: MetricHistory,
  head: HistoryHead,
  chunks: ReadonlyMap<number, CurveChunk>,
): boolean {
  history.clear();
  const columns = head.names.map((): Column => ({
    mean: new Float64Array(head.length),
    low: new Float64Array(head.length),
    high: new Float64Array(head.length),
  }));
  for (let from = 0; from < head.length; from += CHUNK_BUCKETS) {
    const chunk = chunks.get(from / CHUNK_BUCKETS);
    const size = Math.min(CHUNK_BUCKETS, head.length - from);
    if (chunk?.mean.length !== size * columns.length) return false;
    const { mean, low, high } = chunk;
    columns.forEach((column, index) => {
      const part = (values: Float64Array): Float64Array =>
        values.subarray(index * size, (index + 1) * size);
      column.mean.set(part(mean), from);
      column.low.set(part(low ?? mean), from);
      column.high.set(part(high ?? mean), from);
    });
  }
  if (head.length > 0) history.restore(head, columns);
  return true;
}
