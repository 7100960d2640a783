import { formatFigure } from '../../core/formatNumber';
import { attainableRank } from '../spectrum';
import type { RepresentationStatistics } from '../statistics';
import type { Extent } from '../statistics/statistic';
import { hasGrown } from './growth';
import { firstJudgement, type Judgement, type Rule } from './rule';
import { untrained } from './training';

/** Thresholds for representations. */
export const COLLAPSE_RULES = {
  /** With fewer rows nothing is said. */
  minimumRows: 4,
  /** Complete collapse: the mean deviation is below this. Healthy representations have 0.1 to 2. */
  deviation: 0.01,
  /**
   * Complete collapse too, where a cosine energy compares directions from the origin: unit rows deviate by less than
   * this part of the 1/√D of evenly spread ones. Collapsed SimSiam has 0.02, healthy ones above 0.5.
   */
  unitDeviation: 0.2,
  /** Dimensional collapse: the effective rank is under this part of the attainable one, capped … */
  rankPart: 0.08,
  /** … or under this: a line is one however few dimensions there are. */
  rankOfLine: 1.2,
  /** Data has few degrees of freedom however wide a layer is. */
  rankCap: 64,
  /** Partial collapse: at least this part of the dimensions is dead. */
  deadPart: 0.25,
} as const;

export interface RepresentationCase {
  readonly statistics: RepresentationStatistics;
  readonly extent: Extent;
  readonly isFinite: boolean;
  /** `prediction`: it lives in a space that data gives. */
  readonly space: 'embedding' | 'prediction';
  /** Whether an energy compares it by direction only, whatever its length. */
  readonly comparesDirections: boolean;
  /** Whether an energy or a regularizer reads it; otherwise it only feeds further modules. */
  readonly isCompared: boolean;
  /** No value is below 0. */
  readonly isRectified: boolean;
  /** Training steps; null when unknown. */
  readonly steps: number | null;
  /** Mean deviation with the initial weights; null when unknown. */
  readonly initialStd: number | null;
}

const notFinite: Rule<RepresentationCase> = ({ isFinite }) =>
  isFinite ? null : { verdict: 'diverged', reason: 'Some of its values are not finite numbers.' };

const grown: Rule<RepresentationCase> = ({ statistics: { meanStd }, initialStd, steps }) =>
  hasGrown({ now: meanStd, initial: initialStd, steps })
    ? {
        verdict: 'diverged',
        reason: `Its mean deviation over samples is ${formatFigure(meanStd)}${initialStd === null ? '' : `, and was ${formatFigure(initialStd)} before training`}.`,
      }
    : null;

const givenSpace: Rule<RepresentationCase> = ({ space }) =>
  space === 'embedding'
    ? null
    : {
        verdict: 'no verdict',
        reason: 'It lives in a space that data gives, so it has nothing to collapse to.',
      };

const fewRows: Rule<RepresentationCase> = ({ extent: { rows } }) =>
  rows >= COLLAPSE_RULES.minimumRows
    ? null
    : {
        verdict: 'no verdict',
        reason: `${rows} rows are too few to judge by; ${COLLAPSE_RULES.minimumRows} are needed.`,
      };

/** Before the rank: that of what has shrunk to rounding errors says nothing. */
const onePoint: Rule<RepresentationCase> = ({ statistics: { meanStd } }) =>
  meanStd < COLLAPSE_RULES.deviation
    ? {
        verdict: 'complete collapse',
        reason: `Its mean deviation over samples is ${formatFigure(meanStd)}, under ${COLLAPSE_RULES.deviation}: all samples are mapped to one point.`,
      }
    : null;

/** An offset that all rows share is no collapse, unless only directions count: then it hides everything else. */
const oneDirection: Rule<RepresentationCase> = ({ statistics, extent, comparesDirections }) => {
  const even = 1 / Math.sqrt(extent.dim);
  if (!comparesDirections || statistics.unitRowStd >= COLLAPSE_RULES.unitDeviation * even) {
    return null;
  }
  return {
    verdict: 'complete collapse',
    reason: `Its rows all point the same way, and a cosine energy sees nothing else: scaled to length 1 they deviate by ${formatFigure(statistics.unitRowStd)}, where evenly spread ones have ${formatFigure(even)}.`,
  };
};

const fewDirections: Rule<RepresentationCase> = (subject) => {
  const { statistics, extent } = subject;
  const possible = Math.min(attainableRank(extent), COLLAPSE_RULES.rankCap);
  const threshold = Math.max(COLLAPSE_RULES.rankOfLine, COLLAPSE_RULES.rankPart * possible);
  if (extent.dim === 1 || statistics.effectiveRank >= threshold) return null;
  return {
    verdict: 'dimensional collapse',
    reason: `It varies in few directions only: ${spread(subject)}, under ${formatFigure(threshold)}.${deadNote(subject)}`,
  };
};

/** Hidden layers behind a rectifier have units that are off for all data: that is told, and is no collapse. */
const deadDimensions: Rule<RepresentationCase> = (subject) => {
  const { deadDims } = subject.statistics;
  if (subject.isRectified && !subject.isCompared) return null;
  const { dim } = subject.extent;
  if (deadDims === 0 || deadDims < COLLAPSE_RULES.deadPart * dim) return null;
  return {
    verdict: 'partial collapse',
    reason: `${deadDims} of its ${dim} dimensions are the same for all samples: ${spread(subject)}.`,
  };
};

const RULES: readonly Rule<RepresentationCase>[] = [
  notFinite,
  grown,
  ({ steps }) => untrained(steps),
  givenSpace,
  fewRows,
  onePoint,
  oneDirection,
  fewDirections,
  deadDimensions,
];

export function judgeRepresentation(subject: RepresentationCase): Judgement {
  return firstJudgement(RULES, subject, () => ({
    verdict: 'healthy',
    reason: `Its samples are spread out: ${spread(subject)}.${deadNote(subject)}`,
  }));
}

function deadNote({ statistics: { deadDims }, extent }: RepresentationCase): string {
  if (deadDims === 0) return '';
  return ` ${deadDims} of its ${extent.dim} dimensions ${deadDims === 1 ? 'is' : 'are'} dead.`;
}

function spread({ statistics: { meanStd, effectiveRank }, extent }: RepresentationCase): string {
  const deviation = `deviation ${formatFigure(meanStd)}`;
  if (extent.dim === 1) return `${deviation} in its one dimension`;
  return `${deviation}, effective rank ${formatFigure(effectiveRank)} of ${attainableRank(extent)}`;
}
