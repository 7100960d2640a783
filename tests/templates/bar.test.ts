import { describe, expect, it } from 'vitest';
import { above, atLeast, atMost, below, formatMeasured, is, reported } from './bar';

describe('bars', () => {
  it('hold on their side, with or without the limit itself', () => {
    const sides = (value: number) =>
      [below, atMost, atLeast, above].map((bar) => bar(0.5).holds(value));
    expect(sides(0.4)).toEqual([true, true, false, false]);
    expect(sides(0.5)).toEqual([false, true, true, false]);
    expect(sides(0.6)).toEqual([false, false, true, true]);
  });

  it('are missed by what is no number', () => {
    for (const bar of [below(1), atMost(1), atLeast(1), above(1), reported]) {
      expect(bar.holds(NaN)).toBe(false);
    }
    expect(reported.holds(-12)).toBe(true);
    expect(reported.holds(Infinity)).toBe(false);
  });

  it('compare words exactly', () => {
    expect(is('healthy').holds('healthy')).toBe(true);
    expect(is('healthy').holds('no verdict')).toBe(false);
  });

  it('say themselves as a table does', () => {
    expect([below(0.05).text, atLeast(4).text, is('healthy').text]).toEqual([
      '< 0.05',
      '≥ 4',
      'healthy',
    ]);
    expect([formatMeasured(0.012345), formatMeasured('flat energy')]).toEqual([
      '0.0123',
      'flat energy',
    ]);
  });
});
