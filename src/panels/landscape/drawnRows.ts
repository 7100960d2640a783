import { permuteIndex, randomKey } from '../../core/random';
import type { SliceSettings } from '../../probing/landscape/landscapeFrame';

/** Different held-out samples to lay a plane through, a function of the seed. */
export function drawnRows(
  count: number,
  seed: number,
  withThird: boolean,
): Pick<SliceSettings, 'first' | 'second' | 'third'> {
  const key = randomKey(seed, 'landscape', 'samples');
  const row = (place: number): number => permuteIndex(key, 0, Math.max(count, 1), place);
  return { first: row(0), second: row(1), third: withThird ? row(2) : null };
}
