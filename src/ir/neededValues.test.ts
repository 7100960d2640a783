import { expect, it } from 'vitest';
import { Builder } from './builder';
import { neededValues } from './neededValues';

it('follows operands, and what repeats carry, and nothing else', () => {
  const b = new Builder();
  const x = b.input('data', 'x', [3], 'f32');
  const start = b.mul(x, 2);
  const rate = b.mul(x, 3);
  const [result, other] = b.repeat(4, [start, x], ([carried, idle]) => {
    if (!carried || !idle) throw new Error('two values are carried');
    return [b.add(carried, rate), b.mul(idle, 5)];
  });
  if (!result || !other) throw new Error('two results');
  const phases = b.takePhases();
  const needed = neededValues({ phases }, [result]);
  for (const value of [x, start, rate, result]) expect(needed.has(value.id)).toBe(true);
  expect(needed.has(other.id)).toBe(false);
  const repeat = phases.find((phase) => phase.kind === 'repeat');
  expect(
    repeat?.kind === 'repeat' && repeat.carried.map(({ next }) => needed.has(next.id)),
  ).toEqual([true, false]);
});
