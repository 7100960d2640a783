import { describe, expect, it } from 'vitest';
import { binaryStates } from './binaryDistributions';
import { hebbianCouplings, hopfieldEnergy, recall } from './hopfieldNetwork';

const PATTERNS = [
  [1, 1, 1, -1, -1, -1],
  [1, -1, 1, -1, 1, -1],
];

describe('a Hopfield network', () => {
  it('couples units that agree in the patterns, and none with itself', () => {
    const couplings = hebbianCouplings(PATTERNS);
    expect(couplings[0]).toEqual([0, 0, 2 / 6, -2 / 6, 0, -2 / 6]);
    expect(couplings.map((row, i) => row[i])).toEqual(Array(6).fill(0));
  });

  it('has the energy P/2 − Σ (y·pattern)²/2n, pair by pair', () => {
    const couplings = hebbianCouplings(PATTERNS);
    for (const y of binaryStates(6).map((bits) => bits.map((bit) => 2 * bit - 1))) {
      const overlaps = PATTERNS.map((pattern) =>
        pattern.reduce((sum, unit, i) => sum + unit * (y[i] ?? NaN), 0),
      );
      const expected = 2 / 2 - overlaps.reduce((sum, m) => sum + m ** 2, 0) / 12;
      expect(hopfieldEnergy(couplings, y)).toBeCloseTo(expected, 12);
    }
  });

  it('goes down from state to state, one unit at a time, to one that no unit leaves', () => {
    const couplings = hebbianCouplings(PATTERNS);
    for (const start of binaryStates(6).map((bits) => bits.map((bit) => 2 * bit - 1))) {
      const states = recall(couplings, start);
      states.slice(1).forEach((state, index) => {
        const before = states[index] ?? [];
        expect(state.filter((unit, i) => unit !== before[i])).toHaveLength(1);
        expect(hopfieldEnergy(couplings, state)).toBeLessThan(hopfieldEnergy(couplings, before));
      });
      const end = states.at(-1) ?? [];
      end.forEach((unit, i) =>
        expect(hopfieldEnergy(couplings, end.with(i, -unit))).toBeGreaterThanOrEqual(
          hopfieldEnergy(couplings, end),
        ),
      );
    }
  });

  it('recalls a pattern from one unit that is wrong', () => {
    const couplings = hebbianCouplings([[1, 1, 1, -1, -1, -1]]);
    expect(recall(couplings, [1, 1, -1, -1, -1, -1]).at(-1)).toEqual([1, 1, 1, -1, -1, -1]);
  });
});
