import { RESOLVED_PART } from '../../spectrum';
import type { Evidence } from '../evidence';
import type { MeasuredRepresentation } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

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
  compute: ({ matrix, deviations, scatter: { dimensions, values } }) => {
    const { rows, columns } = matrix;
    const scales = dimensions.map((dimension) => {
      let size = 0;
      for (let row = 0; row < rows; row++) {
        size = Math.max(size, Math.abs(matrix.values[row * columns + dimension] ?? 0));
      }
      const deviation = deviations[dimension] ?? 0;
      const moves = deviation > RESOLVED_PART * size;
      return moves ? 1 / (deviation * Math.sqrt(Math.max(1, rows - 1))) : 0;
    });
    const count = dimensions.length;
    const scaled = values.map((product, index) =>
      rounded(product * (scales[Math.floor(index / count)] ?? 0) * (scales[index % count] ?? 0)),
    );
    return { dimensions, values: scaled };
  },
};

/** To five decimals: a report is mostly made of these numbers. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
