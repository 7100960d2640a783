import type { RepresentationPort } from '../compiler/programs/compiled';
import type { HostArray } from '../engine/engine';
import type { RepresentationReport } from './report';
import { rowMatrix } from './rowMatrix';
import { REPRESENTATION_EVIDENCE, REPRESENTATION_STATISTICS } from './statistics';
import { computeEvidence, unknownEvidence } from './statistics/evidence';
import { measureRepresentation } from './statistics/measuredRepresentation';
import { measureViews, type MeasuredViews } from './statistics/measuredViews';
import { computeStatistics, unknownStatistics } from './statistics/statistic';
import { judgeRepresentation, type RepresentationCase } from './verdicts/representationRules';

/** What judging needs beside the values. */
export type RepresentationContext = Pick<
  RepresentationCase,
  'steps' | 'initialStd' | 'comparesDirections' | 'isCompared'
>;

/** Statistics, evidence and verdict of one representation: `values` is `[rows, dim]`. */
export function representationReport(
  port: Pick<RepresentationPort, 'label' | 'dim' | 'rows' | 'space'>,
  values: HostArray,
  context: RepresentationContext,
  views: MeasuredViews | null = null,
): RepresentationReport {
  const { label, dim, rows, space } = port;
  const isFinite = areFinite(values);
  const measured = isFinite ? measureRepresentation(rowMatrix(rows, dim, values), views) : null;
  const statistics = measured
    ? computeStatistics(REPRESENTATION_STATISTICS, measured)
    : unknownStatistics(REPRESENTATION_STATISTICS);
  const evidence = measured
    ? computeEvidence(REPRESENTATION_EVIDENCE, measured)
    : unknownEvidence(REPRESENTATION_EVIDENCE);
  const judged = judgeRepresentation({
    ...context,
    statistics,
    space,
    isFinite,
    isRectified: values.every((value) => value >= 0),
    extent: { dim, rows: measured?.spectrumRows ?? rows },
  });
  return { label, dim, rows, ...statistics, ...evidence, ...judged };
}

/** What the views of the same samples show, `[rows, dim]` each; null where there are none, or bad values in them. */
export function viewsReport(
  { rows, dim }: Pick<RepresentationPort, 'rows' | 'dim'>,
  views: readonly HostArray[],
): MeasuredViews | null {
  return views.every(areFinite)
    ? measureViews(views.map((values) => rowMatrix(rows, dim, values)))
    : null;
}

function areFinite(values: HostArray): boolean {
  return values.every((value) => Number.isFinite(value));
}
