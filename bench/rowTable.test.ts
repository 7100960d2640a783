import { describe, expect, it } from 'vitest';
import { rowTable } from './rowTable';
import { testRow as row } from './testRow';

describe('the table of a workload', () => {
  it('flags a loss that is not the first one’s, and says what is unsupported', () => {
    const lines = rowTable([
      row('a', 'basin-webgpu', 1, 0.5),
      row('a', 'tfjs-webgpu', 1, 0.5002),
      row('a', 'jax-webgpu', 1, 0.52),
      row('a', 'tfjs-wasm', null),
    ]).split('\n');
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
});
