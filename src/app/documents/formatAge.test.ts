import { describe, expect, it } from 'vitest';
import { formatAge } from './formatAge';

describe('formatAge', () => {
  it('says it in the largest unit that fits', () => {
    const now = Date.UTC(2026, 0, 31);
    const ago = (seconds: number): string => formatAge(now - seconds * 1000, now);
    expect([5, 60, 3 * 3600, 24 * 3600, 6 * 24 * 3600, 400 * 24 * 3600].map(ago)).toEqual([
      'just now',
      '1 minute ago',
      '3 hours ago',
      'yesterday',
      '6 days ago',
      'last year',
    ]);
    expect(formatAge(now + 5000, now)).toBe('just now');
  });
});
