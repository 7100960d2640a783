import { describe, expect, it } from 'vitest';
import { normalFromUniform, UNIFORM_CENTRE } from './normalQuantile';

/** Standard normal tail P(X > x) by Simpson's rule in float64: an independent oracle. */
function upperTail(x: number): number {
  const end = x + 12;
  const intervals = 20_000;
  const h = (end - x) / intervals;
  const density = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(x) + density(end);
  for (let i = 1; i < intervals; i++) sum += density(x + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

describe('normalFromUniform', () => {
  it('is within 1e-6 of the true quantile, in the centre and in the tails', () => {
    const grid = [0, 1, 10, 1000, 100_000, 1_000_000, 1_258_291, 1_258_292, 3_000_000, 8_000_000];
    for (const cell of grid) {
      const x = normalFromUniform(cell / 2 ** 24);
      const p = (cell + 0.5) / 2 ** 24;
      // Newton's correction from the computed point: (Φ(x) − p)/φ(x).
      const tail = upperTail(-x);
      const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      expect(Math.abs((tail - p) / density / x), `cell ${cell}`).toBeLessThan(1e-6);
    }
  });

  it('is odd about the middle of the grid and finite at both ends', () => {
    for (const cell of [0, 5, 12345, 2 ** 22, 2 ** 23 - 1]) {
      const mirrored = 2 ** 24 - 1 - cell;
      expect(normalFromUniform(mirrored / 2 ** 24)).toBe(-normalFromUniform(cell / 2 ** 24));
    }
    expect(normalFromUniform(0)).toBeCloseTo(-5.42, 2);
  });

  it('has an argument that float32 holds exactly', () => {
    expect(Math.fround(UNIFORM_CENTRE)).toBe(UNIFORM_CENTRE);
    for (const cell of [0, 1, 2 ** 23, 2 ** 24 - 1, 12_345_677]) {
      const q = cell / 2 ** 24 - UNIFORM_CENTRE;
      expect(Math.fround(q)).toBe(q);
      expect(Math.fround(0.5 - Math.abs(q))).toBe(0.5 - Math.abs(q));
    }
  });
});
