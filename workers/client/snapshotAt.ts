import type { Snapshot } from '../../src/training/sessionState';

/** For tests: a snapshot of a run after so many steps, of nearly nothing. */
export function snapshotAt(step: number): Snapshot {
  return { step, state: new Map([['a.w', Float32Array.of(step, 2)]]) };
}
