import { invariant } from '../core/invariant';
import type { RowMatrix } from './rowMatrix';

/** Features with one class number, 0 or more, a row. */
export interface Labelled {
  readonly features: RowMatrix;
  readonly labels: Int32Array;
}

export function labelled(features: RowMatrix, labels: Int32Array): Labelled {
  invariant(labels.length === features.rows, 'there is one label a row');
  return { features, labels };
}

/** At most `limit` rows, evenly spread over all. */
export function thinLabelled({ features, labels }: Labelled, limit: number): Labelled {
  const { rows, columns, values } = features;
  if (rows <= limit) return { features, labels };
  const thinned = new Float64Array(limit * columns);
  const kept = new Int32Array(limit);
  for (let i = 0; i < limit; i++) {
    const row = Math.floor((i * rows) / limit);
    thinned.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
    kept[i] = labels[row] ?? 0;
  }
  return { features: { rows: limit, columns, values: thinned }, labels: kept };
}

/** Part of `labels` that `predicted` names right. */
export function accuracy(predicted: Int32Array, labels: Int32Array): number {
  const right = labels.filter((label, row) => predicted[row] === label).length;
  return right / labels.length;
}

export function classCount(...sets: readonly Int32Array[]): number {
  return 1 + sets.reduce((most, labels) => labels.reduce((a, b) => Math.max(a, b), most), 0);
}
