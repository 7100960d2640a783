import { describe, expect, it } from 'vitest';
import { randomKey, RandomStream } from '../../../core/random';
import { ScratchMemory } from './scratchMemory';

describe('ScratchMemory', () => {
  it('never has two live parts overlap, and uses gaps again', () => {
    const random = new RandomStream(randomKey(1, 'scratch', 'test'));
    const memory = new ScratchMemory();
    const live: { start: number; bytes: number }[] = [];
    let sum = 0;
    for (let turn = 0; turn < 2000; turn++) {
      if (live.length > 12 || (live.length > 0 && random.integer(2) === 0)) {
        const [gone] = live.splice(random.integer(live.length), 1);
        if (gone) memory.release(gone.start);
        continue;
      }
      const bytes = 1 + random.integer(500);
      const start = memory.reserve(bytes);
      expect(start % 16).toBe(0);
      for (const other of live) {
        const isApart = start + bytes <= other.start || other.start + other.bytes <= start;
        expect(isApart).toBe(true);
      }
      live.push({ start, bytes });
      sum += bytes;
      expect(memory.size).toBeGreaterThanOrEqual(start + bytes);
    }
    expect(memory.size).toBeLessThan(sum / 20);
  });

  it('gives the same place again when it is free', () => {
    const memory = new ScratchMemory();
    const first = memory.reserve(100);
    const second = memory.reserve(50);
    memory.release(first);
    expect(memory.reserve(112)).toBe(first);
    expect(memory.reserve(8)).toBeGreaterThan(second);
    expect(memory.size).toBe(112 + 64 + 16);
  });
});
