import type { NodeOverlay, OverlayStore } from '../../editor/store/overlayStore';
import type { RunState, RunStore } from '../../panels/run/runStore';
import { standingOf } from '../../panels/verdict/standing';
import { healthOverlays } from './overlaysOfRun';

/** Shows on the nodes what the latest report found, and what of it still stands. Returns how to end it. */
export function showHealth(run: RunStore, overlays: OverlayStore): () => void {
  return run.subscribe((now, before) => {
    const unchanged = now.report === before.report && standingOf(now) === standingOf(before);
    if (!unchanged) overlays.setOverlays({ ...withoutHealth(before), ...healthOf(now) });
  });
}

function healthOf(run: RunState): Record<string, NodeOverlay> {
  return run.report === null ? {} : healthOverlays(run.report, standingOf(run));
}

/** For the nodes that another report may have nothing to say about. */
function withoutHealth(run: RunState): Record<string, NodeOverlay> {
  return Object.fromEntries(
    Object.keys(healthOf(run)).map((nodeId) => [nodeId, { health: undefined }]),
  );
}
