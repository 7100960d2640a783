import type { RunActions, RunState, RunStore } from '../../panels/run/runStore';

/**
 * Runs the open document from step 0 for a number of steps. `onEnd` hears whether they were done, and judged, or the run ended on
 * the way. Ends by itself; returns how to call it off.
 */
export function runAgain(
  run: RunStore,
  actions: Pick<RunActions, 'runSteps' | 'step'>,
  steps: number,
  onEnd: (isDone: boolean) => void,
): () => void {
  const watch = (state: RunState, before: RunState): void => {
    if (state.state === 'failed' || state.state === 'idle') {
      stop();
      return onEnd(false);
    }
    const rests = state.state === 'paused' || state.state === 'done';
    if (!rests) return;
    if (state.step < steps) {
      // The document's steps are fewer: it goes on for the rest.
      if (state.state === 'done' && before.state !== 'done') actions.step(steps - state.step);
      return;
    }
    if (state.report?.step !== state.step) return;
    stop();
    onEnd(true);
  };
  actions.runSteps(steps);
  const stop = run.subscribe(watch);
  return stop;
}
