import type { Judgement } from './rule';

/** Steps before which nothing is judged: what an untrained network does says nothing of what training makes of it. */
export const MINIMUM_STEPS = 100;

/**
 * A flat energy and a leak are not told before this step: a variational autoencoder, for one, is flat for 150 steps, until
 * its decoder has learned to use the code, a JEPA with a free z leaks for 180, until its predictor heeds x, and a denoising
 * autoencoder of a spiral is flat for up to 700, until it sees the arms.
 */
export const FLAT_MINIMUM_STEPS = 750;

/**
 * Nothing is said before this step of an energy that is trained against points that follow it: while a generator or a walk
 * finds where the energy is low, it is flat and not flat by turns, for 600 steps of the templates.
 */
export const OWN_SAMPLES_MINIMUM_STEPS = 1000;

/** Null once there was training enough. `steps` is null where nobody knows, as for weights from elsewhere. */
export function untrained(steps: number | null): Judgement | null {
  if (steps === null || steps >= MINIMUM_STEPS) return null;
  return {
    verdict: 'no verdict',
    reason: `After ${steps} ${steps === 1 ? 'step' : 'steps'} it is too early to judge: verdicts begin at ${MINIMUM_STEPS}.`,
  };
}
