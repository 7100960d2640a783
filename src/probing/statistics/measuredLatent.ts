import type { HostArray } from '../../engine/engine';
import { columnDeviations, columnMeans, rowMatrix } from '../rowMatrix';
import type { Statistic } from './statistic';

/** What a latent is on held-out samples. */
export interface LatentArrays {
  readonly rows: number;
  readonly dim: number;
  /** `[rows, dim]`. */
  readonly values: HostArray;
  /** Its numbers are the shares of codes. */
  readonly isCode: boolean;
  /** Of a Gaussian that an encoder gives, `[rows, dim]` each; null where it is none. */
  readonly posterior: { readonly mean: HostArray; readonly logVariance: HostArray } | null;
  /** What it does to the energies that it enters. */
  readonly energies: readonly { readonly gap: number | null; readonly latentRise: number | null }[];
}

/** A latent with what several of its statistics need. */
export interface MeasuredLatent {
  /** Deviation of each number over the rows, ddof 1; null of codes. */
  readonly deviations: Float64Array | null;
  /** Share of each code over the rows; null where it has none. */
  readonly shares: Float64Array | null;
  /** Samples, or samples × time steps. */
  readonly rows: number;
  /** Of each dimension, a mean over rows; null without a posterior. */
  readonly divergences: Float64Array | null;
  /** Of each dimension, the variance over rows of the mean of the posterior; null without one. */
  readonly meanVariances: Float64Array | null;
  readonly energies: LatentArrays['energies'];
}

export type LatentStatistic = Statistic<MeasuredLatent, number | null>;

export function measureLatent({
  rows,
  dim,
  values,
  isCode,
  posterior,
  energies,
}: LatentArrays): MeasuredLatent {
  const matrix = rowMatrix(rows, dim, values);
  return {
    rows,
    deviations: isCode ? null : columnDeviations(matrix),
    shares: isCode ? shares(columnMeans(matrix)) : null,
    divergences: posterior && divergences(rows, dim, posterior),
    meanVariances:
      posterior &&
      columnDeviations(rowMatrix(rows, dim, posterior.mean)).map((deviation) => deviation ** 2),
    energies,
  };
}

function shares(means: Float64Array): Float64Array {
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return total > 0 ? means.map((mean) => mean / total) : means;
}

/** ½(e^v + μ² − 1 − v) of each dimension, a mean over rows. */
function divergences(
  rows: number,
  dim: number,
  { mean, logVariance }: NonNullable<LatentArrays['posterior']>,
): Float64Array {
  const sums = new Float64Array(dim);
  for (let i = 0; i < rows * dim; i++) {
    const v = logVariance[i] ?? 0;
    const one = (Math.exp(v) + (mean[i] ?? 0) ** 2 - 1 - v) / 2;
    sums[i % dim] = (sums[i % dim] ?? 0) + one;
  }
  return sums.map((sum) => sum / rows);
}
