import type { NodeOverlay, OverlayStore } from '../../editor/store/overlayStore';
import type { RunState, RunStore } from '../../panels/run/runStore';
import { standingOf } from '../../panels/verdict/standing';
import { reportOverlays } from './overlaysOfRun';

/** For a node that another report had something to say about. */
const NOTHING: NodeOverlay = { health: undefined, fall: undefined, reading: undefined };

/** Shows on the nodes what the latest report found, and what of it still stands. Returns how to end it. */
export function showReport(run: RunStore, overlays: OverlayStore): () => void {
  return run.subscribe((now, before) => {
    const unchanged = now.report === before.report && standingOf(now) === standingOf(before);
    if (unchanged) return;
    const shown = overlaysOf(now);
    const nodeIds = [...Object.keys(overlaysOf(before)), ...Object.keys(shown)];
    overlays.setOverlays(
      Object.fromEntries(nodeIds.map((nodeId) => [nodeId, { ...NOTHING, ...shown[nodeId] }])),
    );
  });
}

function overlaysOf(run: RunState): Record<string, NodeOverlay> {
  return run.report === null ? {} : reportOverlays(run.report, standingOf(run));
}
