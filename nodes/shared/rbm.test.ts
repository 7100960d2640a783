import { describe, expect, it } from 'vitest';
import type { Builder } from '../../src/ir/builder';
import { hiddenProbabilities, visibleProbabilities, type Rbm } from './rbm';
import { constantOf, evaluate } from './testing/evaluate';
import { rowsOf, scatter, tensor, tensorOf } from './testing/tensor';

const VISIBLE = 3;
const HIDDEN = 2;
const weight = tensorOf([VISIBLE, HIDDEN], (index) => 2 * scatter(1)(index));
const a = tensorOf([VISIBLE], scatter(2));
const b = tensorOf([HIDDEN], scatter(3));

const machine = (builder: Builder): Rbm => ({
  weight: constantOf(builder, weight),
  visibleBias: constantOf(builder, a),
  hiddenBias: constantOf(builder, b),
});

/** e^{a·v + b·h + vWh}. */
function plausibility(v: readonly number[], h: readonly number[]): number {
  let exponent = 0;
  v.forEach((x, i) => (exponent += x * (a.values[i] ?? NaN)));
  h.forEach((x, j) => (exponent += x * (b.values[j] ?? NaN)));
  rowsOf(weight).forEach((row, i) =>
    row.forEach((w, j) => (exponent += (v[i] ?? NaN) * w * (h[j] ?? NaN))),
  );
  return Math.exp(exponent);
}

function states(units: number): number[][] {
  return Array.from({ length: 2 ** units }, (_, state) =>
    Array.from({ length: units }, (__, unit) => (state >> unit) & 1),
  );
}

/** P(unit = 1) in a list of states, by their plausibilities. */
function probability(
  list: readonly number[][],
  of: (state: number[]) => number,
  unit: number,
): number {
  const total = list.reduce((sum, state) => sum + of(state), 0);
  return list.reduce((sum, state) => sum + (state[unit] === 1 ? of(state) : 0), 0) / total;
}

describe('the conditionals of a restricted Boltzmann machine', () => {
  it('are those of the joint distribution: hidden units given visible ones', async () => {
    const v = tensor([[1, 0, 1], [0, 1, 1]]); // prettier-ignore
    const found = await evaluate((builder) =>
      hiddenProbabilities(builder, constantOf(builder, v), machine(builder)),
    );
    expect(found.shape).toEqual([2, HIDDEN]);
    rowsOf(v).forEach((visible, row) =>
      rowsOf(found)[row]?.forEach((p, unit) =>
        expect(p).toBeCloseTo(
          probability(states(HIDDEN), (h) => plausibility(visible, h), unit),
          12,
        ),
      ),
    );
  });

  it('are those of the joint distribution: visible units given hidden ones', async () => {
    const h = tensor([[1, 1], [0, 1]]); // prettier-ignore
    const found = await evaluate((builder) =>
      visibleProbabilities(builder, constantOf(builder, h), machine(builder)),
    );
    expect(found.shape).toEqual([2, VISIBLE]);
    rowsOf(h).forEach((hidden, row) =>
      rowsOf(found)[row]?.forEach((p, unit) =>
        expect(p).toBeCloseTo(
          probability(states(VISIBLE), (v) => plausibility(v, hidden), unit),
          12,
        ),
      ),
    );
  });
});
