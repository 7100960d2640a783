import { metricName } from '../../compiler/metrics';
import type { NodeHealth, NodeOverlay, NodeReading } from '../../editor/store/overlayStore';
import { binsFor, decimateMean } from '../../panels/run/decimate';
import type { MetricHistory } from '../../runs/metricHistory';
import { shownJudgement } from '../../panels/verdict/standing';
import type { Judgement, Standing } from '../../panels/verdict/standing';
import type { ProbeReading } from '../../probing/readings/reading';
import type { ProbeReport } from '../../probing/report';
import { byGravity } from '../../probing/verdicts/verdicts';

/** Points of the small curve on a node. */
const TRACE_POINTS = 40;
const VALUE_NOTE = 'The plain value at the last step, without its weight λ.';
const PROBE_NOTE =
  'How well the probe predicts the batch of the last step, before it learns from it.';

/** The latest value of each of the nodes, energies and terms, with the curve of the run so far. */
export function valueOverlays(
  history: MetricHistory,
  nodeIds: Iterable<string>,
): Record<string, NodeOverlay> {
  const overlays: Record<string, NodeOverlay> = {};
  const bins = binsFor(0, history.length, TRACE_POINTS);
  for (const nodeId of nodeIds) {
    const ofProbe = metricName({ kind: 'probe', nodeId });
    const isProbe = history.column(ofProbe) !== null;
    const name = isProbe ? ofProbe : metricName({ kind: 'value', nodeId });
    const value = history.last(name);
    const column = history.column(name);
    if (value === null || column === null) continue;
    const trace = decimateMean(column.mean, bins).filter((point) => typeof point === 'number');
    overlays[nodeId] = { value, trace, note: isProbe ? PROBE_NOTE : VALUE_NOTE };
  }
  return overlays;
}

/** What a report says of each node, as it stands: its health, how the energy of a free variable falls, what a probe reads. */
export function reportOverlays(
  report: ProbeReport,
  standing: Standing,
): Record<string, NodeOverlay> {
  const overlays = healthOverlays(report, standing);
  if (standing === 'stale' || standing === 'diverged') return overlays;
  for (const [nodeId, { fall }] of Object.entries(report.inference)) {
    const isShown = fall.length > 0 && fall.every(({ energy }) => Number.isFinite(energy));
    if (isShown) overlays[nodeId] = { ...overlays[nodeId], fall };
  }
  for (const [nodeId, reading] of Object.entries(report.probes ?? {})) {
    overlays[nodeId] = { ...overlays[nodeId], reading: shownReading(reading) };
  }
  return overlays;
}

/** A probe's report as its node has room for. */
function shownReading(reading: ProbeReading): NodeReading {
  switch (reading.kind) {
    case 'score': {
      const { trained, untrained, raw } = reading.scores;
      const { measure, rows } = reading;
      return { kind: 'score', measure, rows, score: trained, untrained, raw };
    }
    case 'histogram':
      return { kind: 'histogram', counts: reading.counts };
    case 'view':
      return { kind: 'view', shape: reading.shape, samples: reading.samples };
  }
}

/** The judgement of every node that was judged, as it stands: the gravest, where it has several ports. */
function healthOverlays(report: ProbeReport, standing: Standing): Record<string, NodeOverlay> {
  const judged = new Map<string, Judgement[]>();
  const judge = (nodeId: string, judgement: Judgement): void => {
    judged.set(nodeId, [...(judged.get(nodeId) ?? []), judgement]);
  };
  for (const rep of Object.values(report.reps)) judge(rep.nodeId, rep);
  for (const [nodeId, energy] of Object.entries(report.energies)) judge(nodeId, energy);
  return Object.fromEntries(
    [...judged].map(([nodeId, all]) => [
      nodeId,
      { health: healthOf(all.sort(byGravity)[0], standing) },
    ]),
  );
}

/** None where nothing was judged, nor was before. */
function healthOf(judgement: Judgement | undefined, standing: Standing): NodeHealth | undefined {
  if (judgement === undefined || judgement.verdict === 'no verdict') return undefined;
  const { label, tone, reason } = shownJudgement(judgement, standing);
  return label === 'no verdict' ? undefined : { tone, label, reason };
}
