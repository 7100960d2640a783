import { centreColumns } from '../../rowMatrix';
import { RESOLVED_PART } from '../../spectrum';
import type { Evidence } from '../evidence';
import type { MeasuredRepresentation } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';
import { shownDimensions } from '../shownDimensions';

export const correlation: Evidence<MeasuredRepresentation, 'matrix'> = {
  title: 'Correlation',
  symbol: String.raw`R_{de}`,
  formula: String.raw`C_{de} / (\sigma_d \sigma_e)`,
  source: 'Zbontar et al. 2021 (Barlow Twins), §2; of one branch with itself',
  reads: HELD_OUT_ROWS,
  unit: 'none',
  help: 'How much two dimensions move together; of wide layers an even choice of 64 dimensions.',
  healthy: 'Pale beside its diagonal. Blocks of deep colour say the same thing several times.',
  drawing: 'matrix',
  /** A dimension that moves by no more than rounding errors has no correlation, not even with itself: 0. */
  compute: ({ matrix, deviations }) => {
    const { rows, columns } = matrix;
    const dimensions = shownDimensions(columns);
    const centred = centreColumns(matrix).values;
    const scaled = dimensions.map((dimension) => {
      const column = (all: Float64Array): Float64Array =>
        Float64Array.from({ length: rows }, (_, row) => all[row * columns + dimension] ?? 0);
      const size = column(matrix.values).reduce(
        (most, value) => Math.max(most, Math.abs(value)),
        0,
      );
      const deviation = deviations[dimension] ?? 0;
      const moves = deviation > RESOLVED_PART * size;
      const scale = moves ? 1 / (deviation * Math.sqrt(Math.max(1, rows - 1))) : 0;
      return column(centred).map((value) => value * scale);
    });
    const product = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, value, row) => sum + value * (b[row] ?? 0), 0);
    const values = scaled.flatMap((a) => scaled.map((b) => rounded(product(a, b))));
    return { dimensions, values };
  },
};

/** To five decimals: a report is mostly made of these numbers. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
