import type { Extent } from './statistics/statistic';

/** Added to each share of the spectrum, as in RankMe's equation 2. */
const RANK_EPSILON = 1e-7;

/**
 * RankMe: exp(−Σ p log p), p = σ/Σσ + 1e-7 (Garrido, Balestriero, Najman, LeCun 2023). Between 1 and the number
 * of values; 0 for a spectrum of zeros.
 */
export function effectiveRank(spectrum: readonly number[]): number {
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = spectrum.reduce((sum, value) => {
    const share = value / total + RANK_EPSILON;
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
