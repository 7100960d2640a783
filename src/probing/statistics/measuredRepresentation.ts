import { discriminantSpectrum } from '../discriminantSpectrum';
import { centreColumns, columnDeviations, thinRows, type RowMatrix } from '../rowMatrix';
import { decompose, singularValues } from '../singularValues';
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
  /** The same rows once for each view of the samples; empty where there are no two views. */
  readonly views: readonly RowMatrix[];
  /**
   * Eigenvalues of the covariance between samples over that within the views of each, descending, as many as there are
   * dimensions; null without views, and for a wide representation.
   */
  readonly discriminant: readonly number[] | null;
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
  views: readonly RowMatrix[] = [],
): MeasuredRepresentation {
  const isWide = matrix.columns > MAXIMUM_GRAM;
  const hasViews = views.length > 1;
  const sample = isWide ? thinRows(matrix, MAXIMUM_GRAM) : matrix;
  return {
    matrix,
    deviations: columnDeviations(matrix),
    spectrumRows: sample.rows,
    ...decompose(sample),
    centredSpectrum: singularValues(centreColumns(sample)),
    views: hasViews ? views : [],
    discriminant: hasViews && !isWide ? discriminantSpectrum(views) : null,
  };
}
