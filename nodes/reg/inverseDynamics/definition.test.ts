import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensorOf, type TestArray } from '../../shared/testing/tensor';
import { regInverseDynamics } from './definition';

const [SAMPLES, STEPS, WIDTH] = [3, 4, 2];
const states = tensorOf([SAMPLES, STEPS, WIDTH], scatter(1), { timed: true });
const actions = tensorOf([SAMPLES, STEPS, 2], scatter(2), { timed: true });
const params = { widths: [5] };

/** xW + b of one row. */
function affine(row: readonly number[], weight: TestArray, bias: TestArray): number[] {
  const w = rowsOf(weight);
  return bias.values.map((b, o) => row.reduce((sum, x, i) => sum + x * (w[i]?.[o] ?? NaN), b));
}

describe('reg.inverseDynamics', () => {
  it('is the mean over steps of ‖MLP([z_t, z_t+1]) − a_t‖²; the last action is left out', async () => {
    const run = { inputs: { states, actions }, params };
    const { outputs, weights } = await runNode(regInverseDynamics, run);
    const array = (name: string): TestArray => defined(weights[name], name);
    const [z, a] = [states, actions].map(({ values }) =>
      rowsOf({ shape: [SAMPLES * STEPS, 2], values }),
    );
    let total = 0;
    for (let sample = 0; sample < SAMPLES; sample++) {
      for (let t = 0; t < STEPS - 1; t++) {
        const at = sample * STEPS + t;
        const pair = [...(z?.[at] ?? []), ...(z?.[at + 1] ?? [])];
        const hidden = affine(pair, array('0.weight'), array('0.bias')).map((x) => Math.max(0, x));
        const guess = affine(hidden, array('1.weight'), array('1.bias'));
        guess.forEach((x, d) => (total += (x - (a?.[at]?.[d] ?? NaN)) ** 2));
      }
    }
    expect(array('0.weight').shape).toEqual([2 * WIDTH, 5]);
    expect(outputs['loss']?.values[0]).toBeCloseTo(total / (SAMPLES * (STEPS - 1)), 12);
  });

  it('takes one action fewer than states just as well', async () => {
    const cut = tensorOf(
      [SAMPLES, STEPS - 1, 2],
      (index) => {
        const perSample = (STEPS - 1) * 2;
        return (
          actions.values[Math.floor(index / perSample) * STEPS * 2 + (index % perSample)] ?? NaN
        );
      },
      { timed: true },
    );
    expect(await runOutput(regInverseDynamics, 'loss', { inputs: { states, actions: cut }, params }))
      .toEqual(await runOutput(regInverseDynamics, 'loss', { inputs: { states, actions }, params })); // prettier-ignore
  });

  it('has the gradient that differences have, by states, actions and weights', async () => {
    const run = {
      inputs: { states, actions },
      params: { widths: [3], activation: 'tanh' },
      weights: { '0.weight': numbers(3, [2 * WIDTH, 3]), '1.weight': numbers(4, [3, 2]) },
    };
    expect(await gradientError(regInverseDynamics, run, 'loss')).toBeLessThan(1e-8);
  });

  it('refuses states without steps, and actions that do not fit them', () => {
    const refused = (states: ReturnType<typeof tensorType>, actions: typeof states): unknown =>
      inferNode(regInverseDynamics, { states, actions });
    expect(refused(tensorType([4]), tensorType([2], 5))).toMatchObject({
      problem: { code: 'shape.invalid', portId: 'states' },
    });
    for (const wrong of [tensorType([2], 3), tensorType([2], 6), tensorType([2])]) {
      expect(refused(tensorType([4], 5), wrong)).toMatchObject({
        problem: { code: 'shape.mismatch', portId: 'actions' },
      });
    }
    expect(refused(tensorType([4], 5), tensorType([2], 5))).toMatchObject({ ok: true });
    expect(refused(tensorType([64, 64, 3], 5), tensorType([8192], 5))).toMatchObject({ ok: true });
  });
});
