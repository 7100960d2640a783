import { describe, expect, it } from 'vitest';
import { rowTable } from './rowTable';
import { testRow as row } from './testRow';

describe('the table of a workload', () => {
  it('flags a loss that is not the first one’s, and says what is unsupported', () => {
    const lines = rowTable(
      [
        row('a', 'basin-webgpu', 1, 0.5),
        row('a', 'tfjs-webgpu', 1, 0.5002),
        row('a', 'jax-webgpu', 1, 0.52),
        row('a', 'tfjs-wasm', null),
      ],
      'equal',
    ).split('\n');
    expect(lines.map((line) => line.includes('LOSS MISMATCH'))).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(lines[5]).toContain('unsupported: no such kernel');
    expect(lines[2]).toMatch(/ 2\.50 /);
  });

  it('flags a loss that does not fall as the first one does, where they only fall alike', () => {
    // From 2 to 1, and then by 0.6, 0.4, not at all, and by 2.5.
    const losses = [1, 1.4, 1.6, 2.1, -0.5];
    const rows = losses.map((loss) => row('f', 'basin-webgpu', 1, loss));
    const [, , ...lines] = rowTable(rows, 'falls').split('\n');
    expect(lines.map((line) => line.includes('LOSS MISMATCH'))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(lines[1]).toMatch(/ 2\.000 \| +1\.400 /);
  });
});
