import type { Diagnostic } from '../core/diagnostic';
import { formatFigure, formatWhole } from '../core/formatNumber';
import { scheduleFactor } from '../compiler/optimizer/schedule';
import type { TrainingSettings } from '../document/schema';

/** Steps of a run that is about to go on: the first that it will do, and the one after its last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is to be known of a run that goes on beyond the end of its schedule; null where it does not, or the rate never changes. */
export function pastSchedule(training: TrainingSettings, { from, to }: Stretch): Diagnostic | null {
  const { schedule, steps, learningRate } = training;
  if (schedule.kind !== 'cosine' || to <= steps) return null;
  const rate = learningRate * schedule.finalFraction;
  const stays =
    rate === 0
      ? 'the rate stays at 0, and no weight moves any more'
      : `the rate stays at ${formatFigure(rate)}`;
  return {
    code: 'run.past-schedule',
    severity: 'warning',
    message: `The cosine schedule ends at step ${formatWhole(steps)}: from step ${formatWhole(Math.max(from, steps))} to ${formatWhole(to)} ${stays}.`,
    hint: 'The setting “Steps” is the length of the schedule. Make it as long as the whole run, or choose the constant schedule or a final fraction above 0.',
  };
}

/** Where the schedule of a run stands that goes on; null where the rate is the same all the time. */
export function scheduleStand(training: TrainingSettings, { from }: Stretch): string | null {
  const { schedule, steps, learningRate } = training;
  if (schedule.kind === 'constant' && from >= schedule.warmupSteps) return null;
  const factor = scheduleFactor({ ...schedule, totalSteps: steps }, from);
  const end = schedule.kind === 'cosine' ? steps : schedule.warmupSteps;
  return `The schedule stands at step ${formatWhole(from)} of ${formatWhole(end)}, at a rate of ${formatFigure(learningRate * factor)}.`;
}
