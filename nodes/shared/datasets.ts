import { inferred, type DatasetSpec, type LowerContext } from '../../src/graph/nodeDefinition';
import type { InferResult } from '../../src/graph/nodeDefinition';
import { sampleSize } from '../../src/graph/ports';
import type { Value } from '../../src/ir/types';
import { tooLarge } from './shapeProblems';

/**
 * Identity of a data set: the kind and the parameters that shape its numbers. Parameters that do not may differ
 * between nodes that still draw the same rows.
 */
export function datasetId(
  kind: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
): string {
  const entries = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${kind}?${entries.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

/** 80 % for training, the rest held out. Fewer than 2 rows are refused where they are read, and are none for training. */
export function splitRows(count: number): Pick<DatasetSpec, 'trainRows' | 'heldOutRows'> {
  const trainRows = Math.max(0, Math.min(count - 1, Math.max(1, Math.round(count * 0.8))));
  return { trainRows, heldOutRows: count - trainRows };
}

/** Output types of a data node: the columns of its data set. */
export function inferDataset(spec: DatasetSpec): InferResult {
  const rows = spec.trainRows + spec.heldOutRows;
  const largest = Math.max(...Object.values(spec.columns).map(sampleSize));
  return (
    tooLarge(
      'The data set',
      rows * largest,
      'Lower the number of rows, their length or their size.',
    ) ?? inferred(spec.columns)
  );
}

/** One output a column: the batch's rows of it. */
export function lowerDataset<P>(
  context: LowerContext<P>,
  spec: DatasetSpec,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.keys(spec.columns).map((name) => [name, context.column(name)]));
}
