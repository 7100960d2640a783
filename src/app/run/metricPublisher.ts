import type { OverlayStore } from '../../editor/store/overlayStore';
import type { Rows } from '../../runs/metricHistory';
import type { RunState, RunStore } from '../../panels/run/runStore';
import { valueOverlays } from './overlaysOfRun';

/** Ten times a second is as often as numbers can be read. */
const PUBLISH_INTERVAL_MS = 100;

/** Called later, once. Must work in a hidden tab. */
export type Later = (task: () => void) => void;

export const readingPace: Later = (task) => void setTimeout(task, PUBLISH_INTERVAL_MS);

/** Takes metrics at the pace at which they come, and shows them on curves and nodes at reading pace. */
export class MetricPublisher {
  private pending = false;

  constructor(
    private readonly run: RunStore,
    private readonly overlays: OverlayStore,
    private readonly later: Later,
  ) {}

  append(rows: Rows, stepsPerSecond: number): void {
    this.run.getState().metrics.append(rows);
    const measured = Number.isFinite(stepsPerSecond) && stepsPerSecond > 0;
    this.run.setState({ stepsPerSecond: measured ? stepsPerSecond : null });
    if (this.pending) return;
    this.pending = true;
    this.later(() => this.flush());
  }

  /** Shows at once what has come. */
  flush(): void {
    if (!this.pending) return;
    this.pending = false;
    const { metrics, series } = this.run.getState();
    this.run.setState(({ metricsVersion, state, step }): Partial<RunState> => ({
      metricsVersion: metricsVersion + 1,
      step: state === 'running' ? metrics.nextStep : step,
    }));
    const nodeIds = series.flatMap(({ nodeId }) => nodeId ?? []);
    this.overlays.setOverlays(valueOverlays(metrics, nodeIds));
  }
}
