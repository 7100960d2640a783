import type { Domain } from '../../graph/inferenceStrategy';

/** Deviations to each side of the mean, and values of a traversal. */
const REACH = 3;
const VALUES = 9;
const CIRCLE_VALUES = 24;
/** Numbers of a code that are traversed: those that vary most. */
export const MOST_TRAVERSED = 12;
/** Codes of a list, and atoms, that are shown. */
export const MOST_CODES = 64;

/** The place in a list of the code that a value is nearest to: what inference gives may be probabilities. */
export function nearestCode(domain: Domain, value: ArrayLike<number>): number {
  const units = Array.from(value);
  if (domain.kind === 'one-hot') return units.indexOf(Math.max(...units));
  return units.reduce((code, unit, place) => code + (unit >= 0.5 ? 2 ** place : 0), 0);
}

/** Values of one number of a code from low to high: from −3σ to 3σ, or once round a circle. */
export function traversed(domain: Domain, mean: number, deviation: number): number[] {
  if (domain.kind === 'circle') {
    return Array.from({ length: CIRCLE_VALUES }, (_, i) => (2 * Math.PI * i) / CIRCLE_VALUES);
  }
  return Array.from(
    { length: VALUES },
    (_, i) => mean + deviation * REACH * ((2 * i) / (VALUES - 1) - 1),
  );
}
