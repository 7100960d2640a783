import { describe, expect, it } from 'vitest';
import { agree, median } from './statistics';

describe('statistics', () => {
  it('the median is the middle value, or the mean of the middle two, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([8, 1, 3, 100])).toBe(5.5);
    expect(median([])).toBeNaN();
  });

  it('losses agree within a relative difference, and never when one is not finite', () => {
    expect(agree(100, 100.19, 2e-3)).toBe(true);
    expect(agree(100, 100.21, 2e-3)).toBe(false);
    expect(agree(-1e-4, -1.0001e-4, 2e-3)).toBe(true);
    expect(agree(1, -1, 0.5)).toBe(false);
    expect(agree(NaN, NaN, 1)).toBe(false);
    expect(agree(Infinity, Infinity, 1)).toBe(false);
  });
});
