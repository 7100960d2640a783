import { describe, expect, it } from 'vitest';
import { formatStatistic } from './formatStatistic';

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
