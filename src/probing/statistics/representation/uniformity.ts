import { thinRows, unitRows, type RowMatrix } from '../../rowMatrix';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_VIEWS } from '../reads';

/** All pairs of rows are compared: so many rows of 192 dimensions take about 50 ms. */
const MAXIMUM_ROWS = 512;

export const uniformity: RepresentationStatistic<number | null> = {
  title: 'Uniformity',
  heading: 'Uniformity',
  symbol: String.raw`\ell_\mathrm{uniform}`,
  formula: String.raw`\log \operatorname*{mean}_{i < j} e^{-2 \lVert \hat z_i - \hat z_j \rVert^2}, \quad \hat z = z / \lVert z \rVert`,
  source: 'Wang & Isola 2020, §4.1, t = 2',
  reads: HELD_OUT_VIEWS,
  unit: 'none',
  help: 'How evenly the directions of different samples lie on the sphere, as a mean over the views.',
  healthy: 'Towards −4 on a sphere of many dimensions; at 0 all rows point one way.',
  compute: ({ views, matrix: { rows } }) =>
    views.length === 0 || rows < 2
      ? null
      : views.reduce((sum, view) => sum + logMeanPotential(view), 0) / views.length,
};

/** log mean_{i<j} e^(−2‖x̂_i − x̂_j‖²), where ‖x̂_i − x̂_j‖² lies between 0 and 4: nothing can overflow. */
function logMeanPotential(view: RowMatrix): number {
  const { rows, columns, values } = unitRows(thinRows(view, MAXIMUM_ROWS));
  let sum = 0;
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let k = 0; k < columns; k++) {
        square += ((values[i * columns + k] ?? 0) - (values[j * columns + k] ?? 0)) ** 2;
      }
      sum += Math.exp(-2 * square);
    }
  }
  return Math.log(sum / ((rows * (rows - 1)) / 2));
}
