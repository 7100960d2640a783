import type { EfficiencyStudy } from '../../probing/probeStudy';
import type { Prober } from '../../probing/prober';
import type { ModelState } from '../../probing/probe';
import type { ArmScores, ProbeReading } from '../../probing/readings/reading';
import type { ProbeReport } from '../../probing/report';
import { EXIT } from '../exitCodes';
import { formatTable, type Terminal } from '../output';
import { unwrap } from '../unwrap';

type Readings = Readonly<Record<string, ProbeReading>>;
type Efficiencies = Readonly<Record<string, EfficiencyStudy['points']>>;

/** A row for each probe that has scores; what others show is in the JSON. */
export function probeTable(readings: Readings): string[][] {
  const rows = Object.entries(readings).flatMap(([nodeId, reading]) =>
    reading.kind === 'score' ? [[nodeId, reading.measure, ...cells(reading.scores)]] : [],
  );
  return rows.length === 0 ? [] : [['', 'measure', 'trained', 'untrained', 'raw'], ...rows];
}

/** Label efficiency of each probe that predicts, by node. */
export async function studyProbes(
  terminal: Terminal,
  prober: Prober,
  model: ModelState,
  { probes = {} }: ProbeReport,
): Promise<{ readonly labelEfficiency: Efficiencies }> {
  const labelEfficiency: Record<string, EfficiencyStudy['points']> = {};
  for (const nodeId of Object.keys(probes)) {
    const asked = await prober.study(model, nodeId, { kind: 'efficiency' });
    const study = unwrap(terminal, asked, EXIT.graph);
    if (study?.kind === 'efficiency') labelEfficiency[nodeId] = study.points;
  }
  return { labelEfficiency };
}

export function printEfficiency(terminal: Terminal, efficiencies: Efficiencies): void {
  const rows = Object.entries(efficiencies).flatMap(([nodeId, points]) =>
    points.map(({ fraction, rows: labels, scores }) => [
      nodeId,
      `${100 * fraction} %`,
      String(labels),
      ...cells(scores),
    ]),
  );
  if (rows.length === 0) return;
  terminal.out('');
  terminal.out(formatTable([['probe', 'labels', 'rows', 'trained', 'untrained', 'raw'], ...rows]));
}

function cells({ trained, untrained, raw }: ArmScores): string[] {
  return [trained, untrained, raw].map((score) => (score === null ? '–' : score.toPrecision(4)));
}
