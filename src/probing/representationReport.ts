import type { RepresentationPort } from '../compiler/programs/compiled';
import type { HostArray } from '../engine/engine';
import { formatNumber } from './formatNumber';
import type { RepresentationReport, Verdict } from './report';
import { centreColumns, columnDeviations, rowMatrix, thinRows, unitRows } from './rowMatrix';
import { effectiveRank, participationRatio, singularValues } from './spectrum';

/** Thresholds of the verdicts; what to expect is in 4-math 4.6. */
export const COLLAPSE_RULES = {
  /** With fewer rows nothing is said. */
  minimumRows: 8,
  /** Complete collapse: the mean deviation is below this. Healthy representations have 0.1 to 2. */
  deviation: 0.01,
  /**
   * Complete collapse too: unit rows deviate by less than this part of the 1/√dim of a uniform sphere; all rows
   * point the same way. Collapsed SimSiam has 0.02, healthy ones above 0.3.
   */
  unitDeviation: 0.05,
  /** Below so many dimensions an offset alone makes rows parallel, and directions are not judged. */
  unitMinimumDim: 4,
  /** Dimensional collapse: effective rank < 1 + part·(possible − 1), possible = min(dim, rows − 1, cap). */
  rankPart: 0.06,
  /** Data has few degrees of freedom however wide a layer is. */
  rankCap: 64,
} as const;

/** Wider layers are judged by so many rows: a decomposition costs the cube of the smaller extent (0.1 s here). */
const MAXIMUM_GRAM = 192;

/** 4-math 4.6 for one representation: `values` is `[rows, dim]`. */
export function representationReport(
  port: RepresentationPort,
  values: HostArray,
): RepresentationReport {
  const { label, dim, rows, space } = port;
  const named = { label, dim, rows };
  if (!values.every((value) => Number.isFinite(value))) {
    const unknown = { meanStd: NaN, minStd: NaN, unitRowStd: NaN, effectiveRank: NaN };
    return {
      ...named,
      ...unknown,
      effectiveRankUncentred: NaN,
      participationRatio: NaN,
      spectrum: [],
      verdict: 'diverged',
      reason: 'Some of its values are not finite numbers.',
    };
  }
  const matrix = rowMatrix(rows, dim, values);
  const deviations = columnDeviations(matrix);
  const sample = dim > MAXIMUM_GRAM ? thinRows(matrix, MAXIMUM_GRAM) : matrix;
  const centred = singularValues(centreColumns(sample));
  const statistics = {
    meanStd: mean(deviations),
    minStd: deviations.reduce((least, value) => Math.min(least, value), Infinity),
    unitRowStd: mean(columnDeviations(unitRows(matrix))),
    effectiveRank: effectiveRank(centred),
    effectiveRankUncentred: effectiveRank(singularValues(sample)),
    participationRatio: participationRatio(centred),
    spectrum: centred.map((value) => value / Math.sqrt(Math.max(1, sample.rows - 1))),
  };
  const judged =
    space === 'embedding'
      ? judge({ ...named, rows: sample.rows, ...statistics })
      : {
          verdict: 'no verdict' as const,
          reason: 'It lives in a space that data gives, so it has nothing to collapse to.',
        };
  return { ...named, ...statistics, ...judged };
}

type Judged = Pick<
  RepresentationReport,
  'meanStd' | 'unitRowStd' | 'effectiveRank' | 'dim' | 'rows'
>;

/** Deviations first: the rank of what has shrunk to rounding errors says nothing. */
function judge(statistics: Judged): { verdict: Verdict; reason: string } {
  const { meanStd, unitRowStd, effectiveRank: rank, dim, rows } = statistics;
  const rules = COLLAPSE_RULES;
  if (rows < rules.minimumRows) {
    return {
      verdict: 'no verdict',
      reason: `${rows} rows are too few to judge by; ${rules.minimumRows} are needed.`,
    };
  }
  if (meanStd < rules.deviation) {
    return {
      verdict: 'complete collapse',
      reason: `Its mean deviation over samples is ${formatNumber(meanStd)}, under ${rules.deviation}: all samples are mapped to one point.`,
    };
  }
  const sphere = 1 / Math.sqrt(dim);
  if (dim >= rules.unitMinimumDim && unitRowStd < rules.unitDeviation * sphere) {
    return {
      verdict: 'complete collapse',
      reason: `Its rows all point the same way: normalised, they deviate by ${formatNumber(unitRowStd)} where ${formatNumber(sphere)} is healthy.`,
    };
  }
  const possible = Math.min(dim, rows - 1, rules.rankCap);
  const threshold = 1 + rules.rankPart * (possible - 1);
  const evidence = `deviation ${formatNumber(meanStd)}, effective rank ${formatNumber(rank)} of ${dim}`;
  if (dim > 1 && rank < threshold) {
    return {
      verdict: 'dimensional collapse',
      reason: `It varies in few directions only: ${evidence}, under ${formatNumber(threshold)}.`,
    };
  }
  return { verdict: 'healthy', reason: `It varies in many directions: ${evidence}.` };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
