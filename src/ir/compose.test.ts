import { describe, expect, it } from 'vitest';
import { defined } from '../core/invariant';
import { normalFromUniform } from '../core/normalQuantile';
import { uniformAt } from '../core/random';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { Builder } from './builder';
import {
  centre,
  l2Norm,
  l2Normalize,
  logSoftmax,
  logSumExp,
  softmax,
  standardNormal,
  variance,
} from './compose';
import type { Value } from './types';

async function evaluate(make: (builder: Builder) => Value): Promise<number[]> {
  const builder = new Builder();
  const value = make(builder);
  const executable = await createReferenceEngine().compile(
    {
      data: [],
      state: [],
      live: [],
      phases: builder.takePhases(),
      updates: new Map(),
      metrics: new Map(),
      outputs: new Map([['y', value]]),
    },
    new Map(),
  );
  await executable.run(1);
  return [...defined((await executable.readOutputs()).get('y'), 'y')];
}

function expectClose(actual: readonly number[], expected: readonly number[], digits = 12): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
}

// Rows (1, 2, 3) and (−1, 0, 5).
const x = (b: Builder): Value => b.literal([1, 2, 3, -1, 0, 5], [2, 3]);
const exps = [[1, 2, 3], [-1, 0, 5]].map((row) => row.map(Math.exp)); // prettier-ignore
const sums = exps.map((row) => row.reduce((sum, value) => sum + value, 0));

describe('composites', () => {
  it('softmax and log softmax along an axis', async () => {
    const expected = exps.flatMap((row, i) => row.map((value) => value / (sums[i] ?? NaN)));
    expectClose(await evaluate((b) => softmax(b, x(b), 1)), expected);
    expectClose(await evaluate((b) => logSoftmax(b, x(b), 1)), expected.map(Math.log));
  });

  it('log-sum-exp, also where exponentials overflow', async () => {
    expectClose(await evaluate((b) => logSumExp(b, x(b), [1])), sums.map(Math.log));
    expectClose(await evaluate((b) => logSumExp(b, b.literal([5000, 5000]), [0])), [
      5000 + Math.LN2,
    ]);
    expectClose(await evaluate((b) => softmax(b, b.literal([-1e6, -1e6, -1e9]), 0)), [0.5, 0.5, 0]);
  });

  it('variance with ddof 0 and 1, and centring', async () => {
    expectClose(await evaluate((b) => variance(b, x(b), [1], 1)), [1, 31 / 3]);
    expectClose(await evaluate((b) => variance(b, x(b), [0], 0)), [1, 1, 1]);
    expectClose(await evaluate((b) => centre(b, x(b), [1])), [-1, 0, 1, -7 / 3, -4 / 3, 11 / 3]);
  });

  it('norms, clamped from below', async () => {
    expectClose(await evaluate((b) => l2Norm(b, b.literal([3, 4, 0, 0], [2, 2]), 1)), [5, 1e-8]);
    expectClose(
      await evaluate((b) => l2Normalize(b, b.literal([3, 4, 0, 0], [2, 2]), 1)),
      [0.6, 0.8, 0, 0],
    );
  });

  it('standard normals: the quantile function of `random`, with the right moments', async () => {
    const count = 20_000;
    const values = await evaluate((b) =>
      standardNormal(b, [5, 6], b.constant(3, [], 'i32'), [count]),
    );
    values.slice(0, 200).forEach((value, i) => {
      expect(value).toBeCloseTo(normalFromUniform(uniformAt([5, 6], 3, i)), 12);
    });
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / count;
    expect(Math.abs(moment(1))).toBeLessThan(0.03);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.04);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.3);
  });
});
