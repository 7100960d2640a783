import { describe, expect, it } from 'vitest';
import { BIN_DAYS, binLimit, daysLeft } from './bin';

const DAY = 86_400_000;

describe('the bin', () => {
  it('keeps for thirty days, and counts begun ones', () => {
    const now = 100 * DAY;
    expect(BIN_DAYS).toBe(30);
    expect(daysLeft(now, now)).toBe(30);
    expect(daysLeft(now - 1, now)).toBe(30);
    expect(daysLeft(now - DAY, now)).toBe(29);
    expect(daysLeft(now - 29.5 * DAY, now)).toBe(1);
    expect(daysLeft(now - 40 * DAY, now)).toBe(0);
    expect(binLimit(now)).toBe(70 * DAY);
  });
});
