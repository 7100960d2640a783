import type { Extent } from './statistics/statistic';

/** A direction counts where its singular value is above this part of the largest: below are rounding errors of float32. */
export const RESOLVED_PART = 1e-6;

/** Added to each share of the spectrum, as in RankMe's equation 2. */
const RANK_EPSILON = 1e-7;

/**
 * RankMe: exp(−Σ p log p), p = σ/Σσ + 1e-7 (Garrido, Balestriero, Najman, LeCun 2023). Between 1 and the number
 * of values; 0 for a spectrum of zeros.
 */
export function effectiveRank(spectrum: readonly number[]): number {
  return entropyRank(spectrum, RANK_EPSILON);
}

/** exp(−Σ p log p) with p = x/Σx + ε; 0 where all are 0. */
export function entropyRank(values: readonly number[], epsilon: number): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = values.reduce((sum, value) => {
    const share = value / total + epsilon;
    return sum - share * Math.log(share);
  }, 0);
  return Math.exp(entropy);
}

/** tr(C)² / ‖C‖²_F from the singular values of the centred matrix; 0 for a spectrum of zeros. */
export function participationRatio(spectrum: readonly number[]): number {
  const squares = spectrum.map((value) => value * value);
  const trace = squares.reduce((sum, value) => sum + value, 0);
  const frobenius = squares.reduce((sum, value) => sum + value * value, 0);
  return frobenius === 0 ? 0 : (trace * trace) / frobenius;
}

/** Directions that N centred rows of D dimensions can use at most: min(D, N − 1). */
export function attainableRank({ rows, dim }: Extent): number {
  return Math.min(dim, rows - 1);
}

/** Σλ/λ₁ of eigenvalues λ = σ² (He and Ozay 2022): between 1 and their number; 0 for a spectrum of zeros. */
export function eigenvalueSum(spectrum: readonly number[]): number {
  const largest = (spectrum[0] ?? 0) ** 2;
  if (largest === 0) return 0;
  return spectrum.reduce((sum, value) => sum + value * value, 0) / largest;
}

/**
 * α of a power law λ_k ∝ k^(−α): the slope of log λ over log k, by least squares over the eigenvalues λ = σ² that are
 * resolved, k from 1. Null with fewer than two.
 */
export function powerLawExponent(spectrum: readonly number[]): number | null {
  const least = RESOLVED_PART * (spectrum[0] ?? 0);
  const points = spectrum
    .filter((value) => value > least)
    .map((value, index) => ({ x: Math.log(index + 1), y: 2 * Math.log(value) }));
  if (points.length < 2) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return -covariance / points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}
