import { describe, expect, it } from 'vitest';
import { createIdSource } from './freshId';
import { idSchema } from './schema';

describe('createIdSource', () => {
  it('makes readable ids that are not taken', () => {
    const freshId = createIdSource(['encoder', 'encoder3']);
    expect(['encoder', 'encoder', 'encoder'].map(freshId)).toEqual([
      'encoder2',
      'encoder4',
      'encoder5',
    ]);
  });

  it('takes the last part of a kind, and sets the number off from a digit', () => {
    const freshId = createIdSource([]);
    expect(freshId('data.movingDots')).toBe('movingDots');
    expect([freshId('reg.l1'), freshId('reg.l1')]).toEqual(['l1', 'l1-2']);
  });

  it('makes a valid id out of anything', () => {
    const freshId = createIdSource([]);
    for (const base of ['', '9 lives', 'größe', '...', '-', 'x'.repeat(100), 'x'.repeat(100)]) {
      expect(idSchema.safeParse(freshId(base)).success).toBe(true);
    }
  });
});
