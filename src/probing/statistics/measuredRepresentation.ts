import { centreColumns, columnDeviations, thinRows, type RowMatrix } from '../rowMatrix';
import { singularValues } from '../singularValues';
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
}

export type RepresentationStatistic = Statistic<MeasuredRepresentation>;

/** Wider layers are judged by so many rows: a decomposition costs the cube of the smaller extent (0.1 s here). */
const MAXIMUM_GRAM = 192;

/** All values must be finite: a decomposition of others does not end. */
export function measureRepresentation(matrix: RowMatrix): MeasuredRepresentation {
  const sample = matrix.columns > MAXIMUM_GRAM ? thinRows(matrix, MAXIMUM_GRAM) : matrix;
  return {
    matrix,
    deviations: columnDeviations(matrix),
    spectrumRows: sample.rows,
    spectrum: singularValues(sample),
    centredSpectrum: singularValues(centreColumns(sample)),
  };
}
