import { describe, expect, it } from 'vitest';
import { portKey, type PortReference } from '../../graph/graph';
import { maximumFlow } from './maximumFlow';

/** Flow from `x` to `y`; each value lists what it reads, and lets its capacity through. */
function flow(values: Readonly<Record<string, readonly [number, readonly string[]]>>): number {
  const value = (nodeId: string): PortReference => ({ nodeId, port: 'out' });
  const capacities = new Map(
    Object.entries(values).map(([id, [capacity]]) => [portKey(id, 'out'), capacity]),
  );
  return maximumFlow(
    value('x'),
    value('y'),
    ({ nodeId }) => (values[nodeId]?.[1] ?? []).map(value),
    (key) => capacities.get(key) ?? 0,
  );
}

describe('maximumFlow', () => {
  it('is the narrowest place of a chain, and 0 where there is no way', () => {
    expect(flow({ x: [64, []], code: [8, ['x']], y: [64, ['code']] })).toBe(8);
    expect(flow({ x: [64, []], other: [8, []], y: [64, ['other']] })).toBe(0);
  });

  it('adds up ways side by side, and what goes around', () => {
    const both = { x: [64, []], a: [32, ['x']], b: [32, ['x']] } as const;
    expect(flow({ ...both, y: [64, ['a', 'b']] })).toBe(64);
    expect(flow({ x: [64, []], code: [8, ['x']], y: [64, ['code', 'x']] })).toBe(64);
    expect(flow({ ...both, joined: [40, ['a', 'b']], y: [64, ['joined']] })).toBe(40);
  });

  it('takes back what it sent the wrong way', () => {
    // The shortest way goes over a and d and blocks both others.
    const values = {
      x: [2, []],
      a: [1, ['x']],
      b1: [1, ['x']],
      b2: [1, ['b1']],
      d: [1, ['a', 'b2']],
      c1: [1, ['a']],
      c2: [1, ['c1']],
      y: [2, ['d', 'c2']],
    } as const;
    expect(flow(values)).toBe(2);
  });
});
