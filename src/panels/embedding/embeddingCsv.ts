import type { EmbeddingFrame, SampleTable } from '../../probing/embedding/embeddingFrame';
import { csvText } from '../run/metricsCsv';

/** One row for each point: its sample, where it lies, its class, what it is coloured by, and whether it is selected. */
export function embeddingCsv(
  { places, dimensions, samples, times, scalars }: EmbeddingFrame,
  table: SampleTable | null,
  scalarName: string,
  selected: ReadonlySet<number>,
): string {
  const labels = table?.labels ?? null;
  const axes = ['x', 'y', 'z'].slice(0, dimensions);
  return csvText(
    [
      'sample',
      ...(times ? ['time'] : []),
      ...axes,
      ...(labels ? ['label'] : []),
      ...(scalars ? [scalarName] : []),
      'selected',
    ],
    Array.from(samples, (sample, point) => [
      sample + 1,
      ...(times ? [times[point] ?? null] : []),
      ...axes.map((_, axis) => places[dimensions * point + axis] ?? null),
      ...(labels ? [labels[sample] ?? null] : []),
      ...(scalars ? [scalars[point] ?? null] : []),
      selected.has(sample) ? 1 : 0,
    ]),
  );
}
