import type { RepresentationPort } from '../compiler/programs/compiled';
import type { HostArray } from '../engine/engine';
import type { RepresentationReport } from './report';
import { rowMatrix } from './rowMatrix';
import { REPRESENTATION_STATISTICS } from './statistics';
import { measureRepresentation } from './statistics/measuredRepresentation';
import { computeStatistics, unknownStatistics } from './statistics/statistic';
import { judgeRepresentation, type RepresentationCase } from './verdicts/representationRules';

/** What judging needs beside the values. */
export type RepresentationContext = Pick<
  RepresentationCase,
  'steps' | 'initialStd' | 'comparesDirections' | 'isCompared'
>;

/** Statistics and verdict of one representation: `values` is `[rows, dim]`. */
export function representationReport(
  port: RepresentationPort,
  values: HostArray,
  context: RepresentationContext,
): RepresentationReport {
  const { label, dim, rows, space } = port;
  const isFinite = values.every((value) => Number.isFinite(value));
  const measured = isFinite ? measureRepresentation(rowMatrix(rows, dim, values)) : null;
  const statistics = measured
    ? computeStatistics(REPRESENTATION_STATISTICS, measured)
    : unknownStatistics(REPRESENTATION_STATISTICS);
  const judged = judgeRepresentation({
    ...context,
    statistics,
    space,
    isFinite,
    isRectified: values.every((value) => value >= 0),
    extent: { dim, rows: measured?.spectrumRows ?? rows },
  });
  const spectrum = measured
    ? measured.centredSpectrum.map(
        (value) => value / Math.sqrt(Math.max(1, measured.spectrumRows - 1)),
      )
    : [];
  return { label, dim, rows, ...statistics, spectrum, ...judged };
}
