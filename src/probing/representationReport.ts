import type { RepresentationPort } from '../compiler/programs/compiled';
import type { HostArray } from '../engine/engine';
import type { RepresentationReport } from './report';
import { rowMatrix, type RowMatrix } from './rowMatrix';
import { REPRESENTATION_EVIDENCE, REPRESENTATION_STATISTICS } from './statistics';
import { computeEvidence, unknownEvidence } from './statistics/evidence';
import { measureRepresentation } from './statistics/measuredRepresentation';
import { computeStatistics, unknownStatistics } from './statistics/statistic';
import { judgeRepresentation, type RepresentationCase } from './verdicts/representationRules';

/** What judging needs beside the values. */
export type RepresentationContext = Pick<
  RepresentationCase,
  'steps' | 'initialStd' | 'comparesDirections' | 'isCompared'
>;

/**
 * Statistics, evidence and verdict of one representation: `values` is `[rows, dim]`, and `views` are as many rows of the same
 * samples for each view, where there are several.
 */
export function representationReport(
  port: Pick<RepresentationPort, 'label' | 'dim' | 'rows' | 'space'>,
  values: HostArray,
  context: RepresentationContext,
  views: readonly HostArray[] = [],
): RepresentationReport {
  const { label, dim, rows, space } = port;
  const isFinite = areFinite(values);
  const asMatrix = (array: HostArray): RowMatrix => rowMatrix(rows, dim, array);
  const measured = isFinite
    ? measureRepresentation(asMatrix(values), views.every(areFinite) ? views.map(asMatrix) : [])
    : null;
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

function areFinite(values: HostArray): boolean {
  return values.every((value) => Number.isFinite(value));
}
