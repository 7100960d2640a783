import { binCounts, rangeOf } from '../bins';
import type { Evidence } from '../evidence';
import type { MeasuredRepresentation } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';
import { shownDimensions } from '../shownDimensions';

export const histograms: Evidence<MeasuredRepresentation, 'histograms'> = {
  title: 'Histograms',
  symbol: String.raw`h_{db}`,
  formula: String.raw`\#\{n : z_{nd} \in \text{bin } b\}`,
  source: 'a plain count in 32 bins, the same for all dimensions',
  reads: HELD_OUT_ROWS,
  unit: 'rows',
  help: 'How the values of each dimension are distributed; of wide layers an even choice of 64 dimensions.',
  healthy: 'Wide in each dimension; a line in one bin is a dimension that does not move.',
  drawing: 'histograms',
  compute: ({ matrix: { rows, columns, values } }) => {
    const dimensions = shownDimensions(columns);
    const [low, high] = rangeOf(values);
    const counts = dimensions.flatMap((dimension) => {
      const column = Array.from(
        { length: rows },
        (_, row) => values[row * columns + dimension] ?? NaN,
      );
      return binCounts(column, low, high);
    });
    return { dimensions, low, high, counts };
  },
};
