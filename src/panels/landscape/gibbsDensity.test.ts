import { describe, expect, it } from 'vitest';
import { gibbsDensity } from './gibbsDensity';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('gibbsDensity', () => {
  it('is e^(−βF) over its sum', () => {
    const energies = [0, 1, 2.5, -1, 0.5, 3];
    const found = gibbsDensity(Float32Array.from(energies), 3, 2, false);
    const factors = energies.map((energy) => Math.exp(-2 * energy));
    factors.forEach((factor, cell) => expect(found[cell]).toBeCloseTo(factor / sum(factors), 6));
    expect(sum(found)).toBeCloseTo(1, 6);
  });

  it('is p(y|x) along the columns of a surface', () => {
    const found = gibbsDensity(Float32Array.of(0, 100, Math.LN2, 100, 0, 100), 2, 1, true);
    [0.4, 1 / 3, 0.2, 1 / 3, 0.4, 1 / 3].forEach((p, cell) =>
      expect(found[cell]).toBeCloseTo(p, 6),
    );
  });

  it('does not care for the size of energies, only for their differences', () => {
    const small = gibbsDensity(Float32Array.of(0, 0.5, 1), 3, 1, false);
    const shifted = gibbsDensity(Float32Array.of(4096, 4096.5, 4097), 3, 1, false);
    expect([...shifted]).toEqual([...small]);
    expect(gibbsDensity(Float32Array.of(0, 1e30), 2, 1e6, false)).toEqual(Float32Array.of(1, 0));
  });

  it('has nothing where F is not finite', () => {
    expect([...gibbsDensity(Float32Array.of(NaN, 1, Infinity, 1), 2, 1, false)]).toEqual([
      ...[0, 0.5, 0, 0.5],
    ]);
    expect([...gibbsDensity(Float32Array.of(NaN, NaN), 2, 1, false)]).toEqual([0, 0]);
  });
});
