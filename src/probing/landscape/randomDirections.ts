import { normalFromUniform } from '../../core/normalQuantile';
import { randomKey, uniformAt } from '../../core/random';
import { defined } from '../../core/invariant';
import { orthogonal } from './plane';

/** Numbers of N(0, 1): a function of the document's seed, a name, which direction it is, and the user's own seed. */
export function randomNumbers(
  count: number,
  seed: number,
  name: string,
  which: number,
  draw: number,
): Float64Array {
  const key = randomKey(seed, name, `direction:${which}`);
  return Float64Array.from({ length: count }, (_, i) => normalFromUniform(uniformAt(key, draw, i)));
}

/** A random direction that is orthogonal to another and as long. */
export function randomOrthogonal(
  along: Float64Array,
  seed: number,
  name: string,
  draw: number,
): Float64Array {
  // That a draw is parallel is as good as impossible, but for a single number, which has no orthogonal.
  return defined(
    orthogonal(randomNumbers(along.length, seed, name, 1, draw), along) ?? undefined,
    'an orthogonal direction',
  );
}

/** Two orthogonal random directions of a length. */
export function randomPair(
  count: number,
  length: number,
  seed: number,
  name: string,
  draw: number,
): [Float64Array, Float64Array] {
  const drawn = randomNumbers(count, seed, name, 0, draw);
  const scale = length / Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0));
  const across = drawn.map((value) => value * scale);
  return [across, randomOrthogonal(across, seed, name, draw)];
}
