import type { Judgement } from './rule';

/** Steps before which nothing is judged: what an untrained network does says nothing of what training makes of it. */
export const MINIMUM_STEPS = 100;

/**
 * A flat energy and a leak are not told before this step: a variational autoencoder, for one, is flat for 150 steps, until
 * its decoder has learned to use the code, and a JEPA with a free z leaks for 180, until its predictor heeds x.
 */
export const FLAT_MINIMUM_STEPS = 250;

/** Null once there was training enough. `steps` is null where nobody knows, as for weights from elsewhere. */
export function untrained(steps: number | null): Judgement | null {
  if (steps === null || steps >= MINIMUM_STEPS) return null;
  return {
    verdict: 'no verdict',
    reason: `After ${steps} ${steps === 1 ? 'step' : 'steps'} it is too early to judge: verdicts begin at ${MINIMUM_STEPS}.`,
  };
}
