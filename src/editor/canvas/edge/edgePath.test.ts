import { Position } from '@xyflow/react';
import { describe, expect, it } from 'vitest';
import { bendIndexAt, edgePath } from './edgePath';

const ENDS = {
  sourceX: 0,
  sourceY: 0,
  sourcePosition: Position.Right,
  targetX: 100,
  targetY: 0,
  targetPosition: Position.Left,
};
const at = (x: number, y: number) => ({ x, y });

/** All numbers of a path, in pairs. */
const points = (path: string) =>
  [...path.matchAll(/(-?[0-9.e-]+),(-?[0-9.e-]+)/g)].map(([, x, y]) => at(Number(x), Number(y)));

describe('the line of an edge', () => {
  it('without bends is the usual curve', () => {
    const [path, x, y] = edgePath(ENDS, []);
    expect(path).toMatch(/^M0,0 C/);
    expect([x, y]).toEqual([50, 0]);
  });

  it('goes through each bend, and in one direction there', () => {
    const bends = [at(30, 40), at(70, -20)];
    const all = points(edgePath(ENDS, bends)[0]);
    // A start, and three points for each of three pieces.
    expect(all).toHaveLength(10);
    expect([all[0], all[3], all[6], all[9]]).toEqual([at(0, 0), ...bends, at(100, 0)]);
    for (const index of [3, 6]) {
      const [before, bend, after] = all.slice(index - 1, index + 2);
      if (!before || !bend || !after) throw new Error('too few points');
      const [ax, ay, bx, by] = [
        bend.x - before.x,
        bend.y - before.y,
        after.x - bend.x,
        after.y - bend.y,
      ];
      expect(ax * by - ay * bx).toBeCloseTo(0, 6);
      expect(ax * bx + ay * by).toBeGreaterThan(0);
    }
    // It leaves and arrives as the ports look.
    expect(all[1]?.y).toBe(0);
    expect(all[1]?.x).toBeGreaterThan(0);
    expect(all[8]?.y).toBe(0);
    expect(all[8]?.x).toBeLessThan(100);
  });

  it('has its label in the middle piece', () => {
    const [, x] = edgePath(ENDS, [at(40, 0), at(60, 0)]);
    expect(x).toBeCloseTo(50, 6);
  });
});

describe('the place of a new bend', () => {
  it('is between those that the line passes before and after', () => {
    const line = [at(0, 0), at(50, 100), at(100, 0)] as const;
    expect(bendIndexAt(line, at(20, 45))).toBe(0);
    expect(bendIndexAt(line, at(80, 45))).toBe(1);
    expect(bendIndexAt([at(0, 0), at(100, 0)], at(300, 50))).toBe(0);
  });
});
