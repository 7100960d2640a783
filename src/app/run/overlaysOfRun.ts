import { METRIC } from '../../compiler/programs/compiled';
import type { NodeHealth, NodeOverlay } from '../../editor/store/overlayStore';
import { binsFor, decimateMean } from '../../panels/run/decimate';
import type { MetricHistory } from '../../panels/run/metricHistory';
import { byGravity, verdictTone } from '../../panels/run/verdictTone';
import type { ProbeReport, Verdict } from '../../probing/report';

/** Points of the small curve on a node. */
const TRACE_POINTS = 40;
const VALUE_NOTE = 'The plain value at the last step, without its weight λ.';
const VALUE_PREFIX = METRIC.value('');

/** The latest value of every energy and term, with the curve of the run so far. */
export function valueOverlays(history: MetricHistory): Record<string, NodeOverlay> {
  const overlays: Record<string, NodeOverlay> = {};
  const bins = binsFor(0, history.length, TRACE_POINTS);
  for (const name of history.names) {
    const value = history.last(name);
    const column = history.column(name);
    if (!name.startsWith(VALUE_PREFIX) || value === null || column === null) continue;
    const trace = decimateMean(column.mean, bins).filter((point) => typeof point === 'number');
    overlays[name.slice(VALUE_PREFIX.length)] = { value, trace, note: VALUE_NOTE };
  }
  return overlays;
}

/** The verdict on every node that was judged: the gravest, where it has several ports. */
export function healthOverlays(report: ProbeReport): Record<string, NodeOverlay> {
  const judged = new Map<string, { verdict: Verdict; reason: string }[]>();
  const judge = (nodeId: string, judgement: { verdict: Verdict; reason: string }): void => {
    judged.set(nodeId, [...(judged.get(nodeId) ?? []), judgement]);
  };
  for (const [key, rep] of Object.entries(report.reps)) judge(nodeOf(key), rep);
  for (const [nodeId, energy] of Object.entries(report.energies)) judge(nodeId, energy);
  return Object.fromEntries(
    [...judged].map(([nodeId, all]) => [nodeId, { health: healthOf(all.sort(byGravity)[0]) }]),
  );
}

/** The node of a port key `nodeId.port`; ids have no dots. */
function nodeOf(portKey: string): string {
  return portKey.slice(0, portKey.indexOf('.'));
}

function healthOf(
  judgement: { verdict: Verdict; reason: string } | undefined,
): NodeHealth | undefined {
  if (judgement === undefined) return undefined;
  const tone = verdictTone(judgement.verdict);
  if (tone === 'neutral') return undefined;
  return { tone, label: judgement.verdict, reason: judgement.reason };
}
