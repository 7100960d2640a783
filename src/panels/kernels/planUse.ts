import type { RunState } from '../run/runStore';
import type { ShownPlan } from './kernelsStore';

/** Whether a plan is what computes. */
export interface PlanUse {
  readonly tone: 'runs' | 'wouldRun' | 'changed' | 'tooLarge';
  readonly text: string;
}

/** What to say of a plan beside a run, or beside none. */
export function planUse(
  { adapter, tooLarge }: Pick<ShownPlan, 'adapter' | 'tooLarge'>,
  { state, engine, stale }: Pick<RunState, 'state' | 'engine' | 'stale'>,
): PlanUse {
  if (tooLarge !== null) return { tone: 'tooLarge', text: tooLarge };
  const running = state === 'idle' ? null : engine;
  if (running !== null && stale) {
    return { tone: 'changed', text: 'The plan of the changed graph; the run has the old one' };
  }
  if (running?.runsKernels === true) {
    return { tone: 'runs', text: `This plan runs on WebGPU (${running.backend})` };
  }
  const would =
    adapter === null
      ? 'WebGPU, missing in this browser, would run this plan'
      : 'WebGPU would run this plan';
  if (running === null) {
    return { tone: 'wouldRun', text: adapter === null ? would : `${would} (${adapter})` };
  }
  return { tone: 'wouldRun', text: `${would}; what runs is ${running.badge}` };
}
