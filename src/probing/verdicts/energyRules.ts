import type { ContrastKind } from '../../compiler/programs/compiled';
import { formatFigure } from '../../core/formatNumber';
import type { EnergyStatistics } from '../statistics';
import type { MeasuredEnergy } from '../statistics/measuredEnergy';
import type { Moments } from '../statistics/moments';
import { hasGrown } from './growth';
import { firstJudgement, type Judgement, type Rule } from './rule';
import { FLAT_MINIMUM_STEPS, OWN_SAMPLES_MINIMUM_STEPS, untrained } from './training';
import type { Verdict } from './verdicts';

/** What an energy has to tell apart, and what its evidence is called. */
const WORDS = {
  shuffled: { tells: 'true pairs from others', known: 'true pairs', others: 'shuffled ones' },
  blended: { tells: 'data from blends of it', known: 'data', others: 'blends of two samples' },
  recombined: {
    tells: 'data from recombinations of it',
    known: 'data',
    others: 'samples whose units are those of others',
  },
} as const satisfies Readonly<Record<ContrastKind, unknown>>;

/** Thresholds for energies. */
export const FLATNESS_RULES = {
  minimumRows: 8,
  /** A rise of the energy must be this many standard errors of the difference of means. */
  standardErrors: 2,
  /** It must be either this part of the mean size of the higher energies … */
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
   * latent alone decides the energy.
   */
  leak: 0.1,
  /** Pairs are trivial where an untrained network's energy on true ones is under this part of that on shuffled ones. */
  trivial: 0.01,
} as const;

export interface EnergyCase {
  readonly statistics: EnergyStatistics;
  readonly measured: MeasuredEnergy;
  /** What stands in for y_other; null where nothing does. */
  readonly contrast: ContrastKind | null;
  /** Whether y is one of two values that it takes. */
  readonly isCompared: boolean;
  /** It is trained against points that follow it. */
  readonly hasOwnSamples: boolean;
  /** Verdicts of the representations that it is computed from: they explain what is wrong with it. */
  readonly representations: readonly Verdict[];
  /** Training steps; null when unknown. */
  readonly steps: number | null;
  /** With the initial weights; null when unknown. */
  readonly initial: Pick<EnergyStatistics, 'data' | 'shuffled'> | null;
}

const notFinite: Rule<EnergyCase> = ({ measured: { data, shuffled } }) =>
  Number.isFinite(data.mean) && (shuffled === null || Number.isFinite(shuffled.mean))
    ? null
    : { verdict: 'diverged', reason: 'Some energies are not finite numbers.' };

const grown: Rule<EnergyCase> = ({ measured: { data }, initial, steps }) =>
  hasGrown({ now: data.mean, initial: initial && initial.data, steps })
    ? {
        verdict: 'diverged',
        reason: `On true pairs it is ${formatFigure(data.mean)}${initial === null ? '' : `, and was ${formatFigure(initial.data)} before training`}.`,
      }
    : null;

const chased: Rule<EnergyCase> = ({ hasOwnSamples, steps }) =>
  hasOwnSamples && steps !== null && steps < OWN_SAMPLES_MINIMUM_STEPS
    ? {
        verdict: 'no verdict',
        reason: `It is trained against samples of its own, which chase it for a while: it is judged from step ${OWN_SAMPLES_MINIMUM_STEPS} on.`,
      }
    : null;

const noPairs: Rule<EnergyCase> = ({ measured: { shuffled } }) =>
  shuffled ? null : { verdict: 'no verdict', reason: 'It has no pairs that could be shuffled.' };

const fewRows: Rule<EnergyCase> = ({ measured: { data } }) =>
  data.rows >= FLATNESS_RULES.minimumRows
    ? null
    : { verdict: 'no verdict', reason: `${data.rows} samples are too few to judge by.` };

/** A leak is told only where nothing else explains it, and of a latent that is in use. */
const leak: Rule<EnergyCase> = (subject) => {
  const { statistics, representations } = subject;
  const { gap, latentRise } = statistics;
  if (gap === null || latentRise === null || !isUsed(subject)) return null;
  if (!representations.every((one) => one === 'healthy' || one === 'no verdict')) return null;
  // Off the data z is made from y, or must explain all of it: a foreign z always costs more than an unlikely y.
  const decides =
    subject.contrast === 'shuffled'
      ? gap < FLATNESS_RULES.leak * latentRise
      : isFlat(subject.measured);
  if (!decides) return null;
  return {
    verdict: 'latent leak',
    reason: `The latent explains any target, whatever it is paired with: ${evidence(subject)}, and ${formatFigure(latentRise)} more with the latent of another sample.`,
  };
};

const collapsedInputs: Rule<EnergyCase> = (subject) =>
  !isFlat(subject.measured) && subject.representations.includes('complete collapse')
    ? {
        verdict: 'no verdict',
        reason: `What it compares has collapsed, so its gap says nothing: ${evidence(subject)}.`,
      }
    : null;

const early: Rule<EnergyCase> = (subject) =>
  subject.steps !== null &&
  subject.steps < FLAT_MINIMUM_STEPS &&
  (isFlat(subject.measured) || leak(subject) !== null)
    ? {
        verdict: 'no verdict',
        reason: `It hardly tells ${tells(subject)} yet: ${evidence(subject)}. A flat energy or a leak is told from step ${FLAT_MINIMUM_STEPS} on.`,
      }
    : null;

const flat: Rule<EnergyCase> = (subject) =>
  isFlat(subject.measured)
    ? {
        verdict: 'flat energy',
        reason: `It hardly tells ${tells(subject)}: ${evidence(subject)}.${idleLatent(subject)}`,
      }
    : null;

const RULES: readonly Rule<EnergyCase>[] = [
  notFinite,
  grown,
  ({ steps }) => untrained(steps),
  noPairs,
  fewRows,
  chased,
  early,
  leak,
  collapsedInputs,
  flat,
];

/** An energy is collapsed when it does not tell true pairs from shuffled ones (Dawid & LeCun 2023, §4). */
export function judgeEnergy(subject: EnergyCase): Judgement {
  return firstJudgement(RULES, subject, () => {
    const told = `It tells ${tells(subject)}: ${evidence(subject)}.${idleLatent(subject)}`;
    return { verdict: 'healthy', reason: `${told} ${trivialPairs(subject)}`.trimEnd() };
  });
}

/** Whether the higher energies are so by more than chance. */
function isCertainlyAbove(high: Moments, low: Moments): boolean {
  const error = Math.sqrt(low.variance / low.rows + high.variance / high.rows);
  return high.mean - low.mean > FLATNESS_RULES.standardErrors * error;
}

/** … and by an amount that matters. */
function isClearlyAbove(high: Moments, low: Moments): boolean {
  const { relative, effect } = FLATNESS_RULES;
  const rise = high.mean - low.mean;
  const deviation = Math.sqrt((low.variance + high.variance) / 2);
  const isLarge = rise >= relative * high.meanSize || rise >= effect * deviation;
  return isCertainlyAbove(high, low) && isLarge;
}

function isFlat({ data, shuffled, mismatched }: MeasuredEnergy): boolean {
  if (shuffled === null) return false;
  if (mismatched === null) return !isClearlyAbove(shuffled, data);
  const isLarge = shuffled.mean - data.mean >= FLATNESS_RULES.offData * mismatched.meanSize;
  return !(isLarge && isCertainlyAbove(shuffled, data));
}

/** Whether the latent carries anything: given to another sample, it raises the energy. */
function isUsed({ measured: { latentOwn, latentShuffled } }: EnergyCase): boolean {
  return latentShuffled !== null && isClearlyAbove(latentShuffled, latentOwn);
}

/** What it has to tell apart, in words. */
function tells({ contrast }: EnergyCase): string {
  return WORDS[contrast ?? 'shuffled'].tells;
}

function evidence({ contrast, measured: { data, shuffled } }: EnergyCase): string {
  const { known, others } = WORDS[contrast ?? 'shuffled'];
  const high = shuffled ? `, ${formatFigure(shuffled.mean)} on ${others}` : '';
  return `${formatFigure(data.mean)} on ${known}${high}`;
}

function idleLatent(subject: EnergyCase): string {
  const { latentRise } = subject.statistics;
  if (latentRise === null || isUsed(subject)) return '';
  return ` Its latent is idle: with that of another sample the energy rises by ${formatFigure(latentRise)}.`;
}

/**
 * What a healthy energy does not show: a task that needs no learning is passed by anything. Empty where all is well. An
 * energy of y alone has an offset that means nothing, and no two sides.
 */
export function trivialPairs({
  initial,
  isCompared,
}: Pick<EnergyCase, 'initial' | 'isCompared'>): string {
  if (!isCompared || !initial || initial.shuffled === null || initial.shuffled <= 0) return '';
  if (initial.data < 0 || initial.data >= FLATNESS_RULES.trivial * initial.shuffled) return '';
  return `The two sides of its pairs are nearly the same: the untrained network tells them from others too, with ${formatFigure(initial.data)} and ${formatFigure(initial.shuffled)}, so this shows little of what was learned.`;
}
