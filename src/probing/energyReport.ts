import type { WatchedEnergy } from '../compiler/programs/compiled';
import type { HostArray } from '../engine/engine';
import { formatNumber } from './formatNumber';
import type { EnergyReport, Verdict } from './report';

/** When the gap between shuffled and true pairs counts as none. */
export const FLATNESS_RULES = {
  minimumRows: 8,
  /** The gap must be this many standard errors of the difference of means. */
  standardErrors: 2,
  /** It must be either this part of the mean size of shuffled energies … */
  relative: 0.05,
  /** … or this part of the spread of energies over samples (Cohen's d of a small effect). */
  effect: 0.2,
  /**
   * Off the data: this part of what the energy is when the target alone is replaced. An autoencoder that copies has
   * hardly any energy anywhere, so parts of its own energies say nothing (digits: a code of 64 below 0.005, of 8 above 0.1).
   */
  offData: 0.01,
  /**
   * Latent leak: what re-pairing y costs after z is inferred anew, as a part of what a foreign z costs. Near 0 the
   * latent alone decides the energy (2-semantics 2.7).
   */
  leak: 0.1,
} as const;

export interface EnergyContext {
  /** Before the first step an energy is flat because nothing has been learned, which is no collapse. */
  readonly trained: boolean;
  /** Verdicts of the representations that it is computed from: they explain what is wrong with it. */
  readonly representations: readonly Verdict[];
}

/** One energy a held-out sample, `[B]` each. */
export interface EnergyArrays {
  /** F(x, y). */
  readonly data: HostArray;
  /** F(x, y_other), free variables inferred anew; null where there are no such pairs. */
  readonly shuffled: HostArray | null;
  /** For the contrast `off-data`: the target of another sample against the prediction for this one. */
  readonly mismatched?: HostArray | null;
  /** E(x, y, z_other); null without a latent. */
  readonly latentShuffled: HostArray | null;
}

/** 2-semantics 2.7: an energy is collapsed when it does not tell true pairs from shuffled ones. */
export function energyReport(
  { label }: WatchedEnergy,
  arrays: EnergyArrays,
  context: EnergyContext,
): EnergyReport {
  const onData = moments(arrays.data);
  const onShuffled = arrays.shuffled && moments(arrays.shuffled);
  const latentRise = arrays.latentShuffled && moments(arrays.latentShuffled).mean - onData.mean;
  const numbers = {
    label,
    data: onData.mean,
    shuffled: onShuffled && onShuffled.mean,
    gap: onShuffled && onShuffled.mean - onData.mean,
    latentRise,
  };
  const mismatch = arrays.mismatched ? moments(arrays.mismatched) : null;
  return { ...numbers, ...judge(onData, onShuffled, mismatch, latentRise, context) };
}

interface Moments {
  readonly rows: number;
  readonly mean: number;
  /** ddof 1. */
  readonly variance: number;
  readonly meanSize: number;
}

function moments(values: HostArray): Moments {
  const rows = values.length;
  let sum = 0;
  let size = 0;
  for (const value of values) {
    sum += value;
    size += Math.abs(value);
  }
  const mean = sum / rows;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { rows, mean, variance: squares / Math.max(1, rows - 1), meanSize: size / rows };
}

function judge(
  data: Moments,
  shuffled: Moments | null,
  mismatch: Moments | null,
  latentRise: number | null,
  { trained, representations }: EnergyContext,
): { verdict: Verdict; reason: string } {
  if (!Number.isFinite(data.mean) || (shuffled && !Number.isFinite(shuffled.mean))) {
    return { verdict: 'diverged', reason: 'Some energies are not finite numbers.' };
  }
  if (!shuffled) {
    return { verdict: 'no verdict', reason: 'It has no pairs that could be shuffled.' };
  }
  const rules = FLATNESS_RULES;
  if (data.rows < rules.minimumRows) {
    return { verdict: 'no verdict', reason: `${data.rows} samples are too few to judge by.` };
  }
  const gap = shuffled.mean - data.mean;
  const error = Math.sqrt(data.variance / data.rows + shuffled.variance / shuffled.rows);
  const spread = Math.sqrt((data.variance + shuffled.variance) / 2);
  const isCertain = gap > rules.standardErrors * error;
  const isLarge = mismatch
    ? gap >= rules.offData * mismatch.meanSize
    : gap >= rules.relative * shuffled.meanSize || gap >= rules.effect * spread;
  const evidence = mismatch
    ? `${formatNumber(data.mean)} on data, ${formatNumber(shuffled.mean)} on blends of two samples`
    : `${formatNumber(data.mean)} on true pairs, ${formatNumber(shuffled.mean)} on shuffled ones`;
  const [known, others] = mismatch ? ['data', 'blends of it'] : ['true pairs', 'others'];
  const isFlat = !(isCertain && isLarge);
  if (!trained) {
    return isFlat
      ? { verdict: 'no verdict', reason: `It is not trained yet: ${evidence}.` }
      : { verdict: 'healthy', reason: `It tells ${known} from ${others}: ${evidence}.` };
  }
  const representationsHealthy = representations.every(
    (verdict) => verdict === 'healthy' || verdict === 'no verdict',
  );
  // Where z is made from y, or must explain all of it, a foreign z costs more than an unlikely y.
  const latentDecides =
    mismatch === null && latentRise !== null && latentRise > 0 && gap < rules.leak * latentRise;
  if (representationsHealthy && latentRise !== null && (isFlat || latentDecides)) {
    return {
      verdict: 'latent leak',
      reason: `The latent explains any target, whatever it is paired with: ${evidence}, and ${formatNumber(data.mean + latentRise)} with the latent of another sample.`,
    };
  }
  if (!isFlat && representations.includes('complete collapse')) {
    return {
      verdict: 'no verdict',
      reason: `What it compares has collapsed, so its gap says nothing: ${evidence}.`,
    };
  }
  return isFlat
    ? { verdict: 'flat energy', reason: `It hardly tells ${known} from ${others}: ${evidence}.` }
    : { verdict: 'healthy', reason: `It tells ${known} from ${others}: ${evidence}.` };
}
