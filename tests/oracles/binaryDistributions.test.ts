import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  binaryStates,
  boltzmannEnergy,
  gibbsDistribution,
  klDivergence,
  marginalOfFirst,
} from './binaryDistributions';
import { freeEnergies, pseudoLogLikelihood } from './restrictedBoltzmannMachine';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const MACHINE = {
  weights: new Matrix([
    [1, -0.5],
    [0.3, 2],
    [-1.2, 0.4],
  ]),
  visibleBiases: [0.2, -0.7, 0.1],
  hiddenBiases: [-0.3, 0.5],
};

/** P(v) of `MACHINE`, by enumeration of visible and hidden units. */
function visibleDistribution(): number[] {
  const { weights, visibleBiases, hiddenBiases } = MACHINE;
  // One matrix over all five units, halved since every pair occurs twice.
  const joint = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  const matrix = joint.map((row, i) =>
    row.map((_, j) => {
      if (i < 3 && j >= 3) return weights.get(i, j - 3) / 2;
      if (j < 3 && i >= 3) return weights.get(j, i - 3) / 2;
      return 0;
    }),
  );
  const energy = boltzmannEnergy(matrix, [...visibleBiases, ...hiddenBiases]);
  return marginalOfFirst(gibbsDistribution(energy, 5), 3);
}

describe('the distribution of a Boltzmann machine', () => {
  it('without weights is a product of sigmoids', () => {
    const biases = [0.4, -1, 2];
    const found = gibbsDistribution(boltzmannEnergy([], biases), 3);
    binaryStates(3).forEach((state, i) => {
      const expected = state.reduce(
        (product, unit, d) => product * sigmoid((2 * unit - 1) * (biases[d] ?? NaN)),
        1,
      );
      expect(found[i]).toBeCloseTo(expected, 12);
    });
  });

  it('of two units with weight w has e^(2βw) times the probability where both are on', () => {
    const energy = boltzmannEnergy(
      [
        [0, 0.6],
        [0.6, 0],
      ],
      [0, 0],
    );
    const [none = NaN, second, first, both = NaN] = gibbsDistribution(energy, 2, 0.5);
    expect(second).toBeCloseTo(none, 12);
    expect(first).toBeCloseTo(none, 12);
    expect(both / none).toBeCloseTo(Math.exp(2 * 0.5 * 0.6), 12);
  });

  it('marginalises over the units that come last', () => {
    expect(marginalOfFirst([0.1, 0.2, 0.3, 0.4], 1)).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.7, 12),
    ]);
  });

  it('is compared by the divergence in nats', () => {
    expect(klDivergence([0.5, 0.5], [0.5, 0.5])).toBe(0);
    expect(klDivergence([1, 0], [0.25, 0.75])).toBeCloseTo(Math.log(4), 12);
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
  });
});

describe('a restricted Boltzmann machine', () => {
  it('has the free energy whose distribution is that of the joint machine', () => {
    const states = binaryStates(3);
    const energies = freeEnergies(MACHINE, new Matrix(states));
    const found = gibbsDistribution(
      (state) => energies[states.findIndex((s) => s.join() === state.join())] ?? NaN,
      3,
    );
    visibleDistribution().forEach((expected, i) => expect(found[i]).toBeCloseTo(expected, 12));
  });

  it('has the pseudo-likelihood that its conditional distributions give', () => {
    const p = visibleDistribution();
    const states = binaryStates(3);
    const at = (state: readonly number[]) =>
      p[states.findIndex((s) => s.join() === state.join())] ?? NaN;
    const expected = states.map((state) =>
      state.reduce((sum, unit, i) => {
        const other = at(state.with(i, 1 - unit));
        return sum + Math.log(at(state) / (at(state) + other));
      }, 0),
    );
    states.forEach((state, row) => {
      expect(pseudoLogLikelihood(MACHINE, new Matrix([state]))).toBeCloseTo(
        expected[row] ?? NaN,
        12,
      );
    });
    const mean = expected.reduce((a, b) => a + b, 0) / expected.length;
    expect(pseudoLogLikelihood(MACHINE, new Matrix(states))).toBeCloseTo(mean, 12);
  });
});
