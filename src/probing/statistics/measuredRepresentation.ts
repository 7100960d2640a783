import { gramMatrix } from '../gramMatrix';
import {
  centreColumns,
  chosenColumns,
  columnDeviations,
  thinRows,
  type RowMatrix,
} from '../rowMatrix';
import { decompose, singularValues, singularValuesOf } from '../singularValues';
import type { MeasuredViews } from './measuredViews';
import { shownDimensions } from './shownDimensions';
import type { Statistic } from './statistic';

/** A representation with what several of its statistics need, computed once. */
export interface MeasuredRepresentation {
  readonly matrix: RowMatrix;
  /** Standard deviation of each dimension over the rows, ddof 1. */
  readonly deviations: Float64Array;
  /** Rows that the spectra are of: all, or for a wide representation an even choice. */
  readonly spectrumRows: number;
  /** Singular values, descending, of the rows and of the centred rows. */
  readonly spectrum: readonly number[];
  readonly centredSpectrum: readonly number[];
  /** ‖u_i‖² of each of these rows, u_i being its row of left singular vectors. */
  readonly leverages: Float64Array;
  /** How many directions these rows span. */
  readonly rank: number;
  /** Of some of the dimensions, the products of the centred columns, row-major: (N − 1) times their covariance. */
  readonly scatter: { readonly dimensions: readonly number[]; readonly values: readonly number[] };
  /** Of the views of the samples, where there are several. */
  readonly views: MeasuredViews | null;
}

export type RepresentationStatistic<Value extends number | null = number> = Statistic<
  MeasuredRepresentation,
  Value
>;

/** Wider layers are judged by so many rows: a decomposition costs the cube of the smaller extent (0.1 s here). */
const MAXIMUM_GRAM = 192;

/** All values must be finite: a decomposition of others does not end. */
export function measureRepresentation(
  matrix: RowMatrix,
  views: MeasuredViews | null = null,
): MeasuredRepresentation {
  const sample = matrix.columns > MAXIMUM_GRAM ? thinRows(matrix, MAXIMUM_GRAM) : matrix;
  const centred = centreColumns(matrix);
  const dimensions = shownDimensions(matrix.columns);
  const shown = gramMatrix(chosenColumns(centred, dimensions));
  return {
    matrix,
    deviations: columnDeviations(matrix),
    spectrumRows: sample.rows,
    ...decompose(sample),
    // A narrow layer is shown whole: its products are at hand.
    centredSpectrum:
      dimensions.length === matrix.columns && matrix.rows >= matrix.columns
        ? singularValuesOf(shown)
        : singularValues(centreColumns(sample)),
    scatter: { dimensions, values: shown.flatMap((line) => [...line]) },
    views,
  };
}
