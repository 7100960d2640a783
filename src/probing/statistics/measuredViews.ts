import { discriminantSpectrum } from '../discriminantSpectrum';
import { thinRows, unitRows, type RowMatrix } from '../rowMatrix';

/** What several views of the same samples show, which is the same for each of them. */
export interface MeasuredViews {
  /**
   * Eigenvalues of the covariance between samples over that within the views of each, descending, as many as there are
   * dimensions; null of a wide representation.
   */
  readonly discriminant: readonly number[] | null;
  /** Mean ‖ẑ − ẑ′‖² of the first view and each other one, rows of unit length. */
  readonly alignment: number;
  /** Mean over views of log mean_{i<j} e^(−2‖ẑ_i − ẑ_j‖²); null with a single sample. */
  readonly uniformity: number | null;
}

/** A decomposition costs the cube of the width. */
const MAXIMUM_WIDTH = 192;
/** All pairs of rows are compared. */
const MAXIMUM_ROWS = 192;

/** Of at least two views: the rows of all samples, once for each. All values must be finite. */
export function measureViews(views: readonly RowMatrix[]): MeasuredViews | null {
  const [first, ...others] = views;
  if (!first || others.length === 0) return null;
  const isWide = first.columns > MAXIMUM_WIDTH;
  const unit = unitRows(first);
  const distances = others.map((other) => meanSquaredDistance(unit, unitRows(other)));
  return {
    discriminant: isWide ? null : discriminantSpectrum(views),
    alignment: meanOf(distances),
    uniformity: first.rows < 2 ? null : meanOf(views.map(logMeanPotential)),
  };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function meanSquaredDistance(a: RowMatrix, b: RowMatrix): number {
  return squaredDistance(a.values, b.values) / a.rows;
}

/** log mean_{i<j} e^(−2‖x̂_i − x̂_j‖²), where ‖x̂_i − x̂_j‖² lies between 0 and 4: nothing can overflow. */
function logMeanPotential(view: RowMatrix): number {
  const { rows, columns, values } = unitRows(thinRows(view, MAXIMUM_ROWS));
  const lines = Array.from({ length: rows }, (_, row) =>
    values.subarray(row * columns, (row + 1) * columns),
  );
  let sum = 0;
  lines.forEach((line, i) => {
    for (const other of lines.slice(0, i)) sum += Math.exp(-2 * squaredDistance(line, other));
  });
  return Math.log(sum / ((rows * (rows - 1)) / 2));
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum;
}
