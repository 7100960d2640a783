import { describe, expect, it } from 'vitest';
import { formatStatistic, healthyUnitRowStd } from './statistics';

describe('formatStatistic', () => {
  it('aligns on three decimals and keeps what is small visible', () => {
    expect([1, 0.84217, 0, -0.5, 25.5].map(formatStatistic)).toEqual([
      '1.000',
      '0.842',
      '0.000',
      '−0.500',
      '25.500',
    ]);
    expect(formatStatistic(0.00012)).toBe('1.2e−4');
    expect(formatStatistic(NaN)).toBe('NaN');
    expect(formatStatistic(-Infinity)).toBe('−∞');
  });
});

describe('healthyUnitRowStd', () => {
  it('is the deviation of a coordinate of evenly spread unit vectors', () => {
    // On the circle: the root mean square of a coordinate, cos θ, is 1/√2.
    const angles = Array.from({ length: 360 }, (_, i) => (i * Math.PI) / 180);
    const meanSquare = angles.reduce((sum, a) => sum + Math.cos(a) ** 2, 0) / angles.length;
    expect(healthyUnitRowStd(2)).toBeCloseTo(Math.sqrt(meanSquare), 12);
  });
});
