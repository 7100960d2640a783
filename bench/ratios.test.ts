import { describe, expect, it } from 'vitest';
import { ratios } from './ratios';
import { ratioTable } from './ratioTable';
import { testRow as row } from './testRow';

describe('ratios', () => {
  const rows = [
    row('a', 'basin-webgpu', 2),
    row('a', 'tfjs-webgpu', 29),
    row('a', 'jax-webgpu', 8),
    row('a', 'tfjs-wasm', 5),
    row('c', 'basin-tfjs-wasm', 4),
    row('c', 'tfjs-wasm', null),
    row('c', 'jax-wasm', 2),
  ];

  it('are the time of the peer over that of the engine, where both have one', () => {
    expect(ratios(rows)).toEqual([
      { workload: 'a', engine: 'basin-webgpu', peer: 'tfjs-webgpu', value: 14.5, wanted: 15 },
      { workload: 'a', engine: 'basin-webgpu', peer: 'jax-webgpu', value: 4, wanted: 3 },
      { workload: 'c', engine: 'basin-tfjs-wasm', peer: 'jax-wasm', value: 0.5, wanted: null },
    ]);
  });

  it('are of the quickest rounds when asked for', () => {
    const quick = rows.map((r) => (r.engine === 'jax-webgpu' ? { ...r, msPerStepBest: 5 } : r));
    expect(ratios(quick, 'msPerStepBest')[1]?.value).toBe(2.5);
    expect(ratios(quick)[1]?.value).toBe(4);
  });

  it('stand in a table with what is wanted and what is missed', () => {
    const [, , a, c] = ratioTable(rows, 'msPerStep').split('\n');
    expect(a).toMatch(/\| a +\| 14\.5× \(≥ 15×, missed\) +\| 4\.00× \(≥ 3×\) +\| +– \|/);
    expect(c).toMatch(/\| c +\| – +\| – +\| +0\.50× \|/);
  });
});
