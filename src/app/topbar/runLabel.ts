import { formatWhole } from '../../core/formatNumber';
import type { SessionState } from '../../training/sessionState';

interface RunLabel {
  readonly label: string;
  readonly tip: string;
}

/** What the run button says and does. */
export function runLabel(
  state: SessionState,
  step: number,
  stale: boolean,
  keepsWeights = false,
): RunLabel {
  switch (state) {
    case 'compiling':
      return {
        label: 'Compiling',
        tip: 'The graph is being compiled\nPress to call it off',
      };
    case 'running':
      return { label: 'Pause', tip: 'Pause' };
    case 'lost':
      return {
        label: 'Recovering',
        tip: 'The GPU was lost and is being rebuilt\nPress to pause after that',
      };
    case 'idle':
    case 'paused':
    case 'done':
    case 'failed':
      break;
  }
  if (stale && keepsWeights) {
    return {
      label: 'Run on',
      tip: `Run the changed graph on from step ${formatWhole(step)}, with the weights that still fit`,
    };
  }
  if (stale) return { label: 'Run anew', tip: 'Run the changed graph from step 0' };
  if (state === 'failed') return { label: 'Try again', tip: 'Try again from the last good step' };
  if (state === 'done') return { label: 'Run on', tip: 'Run as many steps again' };
  if (state === 'paused' && step > 0)
    return { label: 'Run on', tip: `Run on from step ${formatWhole(step)}` };
  return { label: 'Run', tip: 'Run from step 0' };
}
