import { invariant } from '../../core/invariant';
import { histogram } from './histogram';
import { knn } from './knn';
import { online } from './online';
import type { Reading } from './reading';
import { view } from './view';

/** How reports of probes are made, by what the definition of a probe names. */
const READINGS: Readonly<Record<string, Reading>> = { online, knn, view, histogram };

export function readingOf(name: string): Reading {
  const reading = READINGS[name];
  invariant(reading, `there is a reading ${name}`);
  return reading;
}
