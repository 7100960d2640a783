import { describe, expect, it } from 'vitest';
import { isFree, isWall, simulate, type TwoRooms, type Vector } from './twoRooms';

/** Columns 0–10, the wall in column 5, open in rows 2–4. */
const world: TwoRooms = { size: 11, wall: 5, door: 3, doorHalfSize: 1 };

const PARTS = 500;

/** The step in small parts, the last free one of which is where it ends: slow, and with no geometry. */
function creep(from: Vector, step: Vector): Vector {
  const parts = PARTS;
  let reached = from;
  for (let part = 1; part <= parts; part++) {
    const next = { x: from.x + (step.x * part) / parts, y: from.y + (step.y * part) / parts };
    if (!isFree(world, next)) break;
    reached = next;
  }
  return reached;
}

describe('two rooms', () => {
  it('lets a dot go where nothing is', () => {
    expect(simulate(world, { x: 1, y: 1 }, { x: 1.5, y: -0.5 })).toEqual({ x: 2.5, y: 0.5 });
    expect(simulate(world, { x: 1, y: 1 }, { x: 0, y: 0 })).toEqual({ x: 1, y: 1 });
  });

  it('stops it at the wall, from either side, and at the borders', () => {
    expect(simulate(world, { x: 4, y: 8 }, { x: 2, y: 0 })).toEqual({ x: 4.5, y: 8 });
    expect(simulate(world, { x: 6, y: 8 }, { x: -2, y: 0 })).toEqual({ x: 5.5, y: 8 });
    expect(simulate(world, { x: 4, y: 8 }, { x: 1, y: 1 })).toEqual({ x: 4.5, y: 8.5 });
    expect(simulate(world, { x: 1, y: 1 }, { x: -4, y: 0 })).toEqual({ x: 0, y: 1 });
    expect(simulate(world, { x: 8, y: 9 }, { x: 1, y: 2 })).toEqual({ x: 8.5, y: 10 });
  });

  it('lets it through the door, and stops it at the sides of the door', () => {
    expect(simulate(world, { x: 4, y: 3 }, { x: 2, y: 0 })).toEqual({ x: 6, y: 3 });
    expect(simulate(world, { x: 5, y: 3 }, { x: 0, y: 3 })).toEqual({ x: 5, y: 4.5 });
    expect(simulate(world, { x: 5, y: 3 }, { x: 0, y: -3 })).toEqual({ x: 5, y: 1.5 });
  });

  it('lets one who touches the wall go along it or away, and not into it', () => {
    const at = { x: 4.5, y: 8 };
    expect(simulate(world, at, { x: 0.5, y: 0.5 })).toEqual(at);
    expect(simulate(world, at, { x: 0, y: 1 })).toEqual({ x: 4.5, y: 9 });
    expect(simulate(world, at, { x: -1, y: 1 })).toEqual({ x: 3.5, y: 9 });
    const corner = { x: 0, y: 0 };
    expect(simulate(world, corner, { x: 1, y: 0 })).toEqual({ x: 1, y: 0 });
    expect(simulate(world, corner, { x: 1, y: -1 })).toEqual(corner);
  });

  it('takes one who is in the wall by rounding for one who touches it', () => {
    const inside = { x: Math.fround(4.5) + 1e-6, y: 8 };
    expect(simulate(world, inside, { x: 1, y: 0.5 })).toEqual({ x: 4.5, y: 8 });
    expect(simulate(world, inside, { x: -1, y: 0 }).x).toBeCloseTo(3.5, 5);
    expect(simulate(world, { x: -1e-6, y: 8 }, { x: -1, y: 0 })).toEqual({ x: 0, y: 8 });
  });

  it('ends where a walk in small parts does, and always at a free place', () => {
    // A grid of starts with fractional parts and steps of all directions, some longer than a room.
    let blocked = 0;
    for (let trial = 0; trial < 300; trial++) {
      const from = { x: (trial * 0.37) % 10, y: (trial * 0.71) % 10 };
      if (!isFree(world, from)) continue;
      const length = 0.2 + ((trial * 1.3) % 7);
      const step = { x: length * Math.cos(trial), y: length * Math.sin(trial) };
      const end = simulate(world, from, step);
      expect(isFree(world, end)).toBe(true);
      const crept = creep(from, step);
      expect(Math.hypot(end.x - crept.x, end.y - crept.y)).toBeLessThan(
        (1.01 * length) / PARTS + 1e-4,
      );
      if (Math.hypot(end.x - from.x - step.x, end.y - from.y - step.y) > 1e-9) blocked++;
    }
    expect(blocked).toBeGreaterThan(100);
  });

  it('shows the wall where a dot may not be', () => {
    for (let row = 0; row < world.size; row++) {
      for (let column = 0; column < world.size; column++) {
        expect(isWall(world, column, row)).toBe(!isFree(world, { x: column, y: row }));
      }
    }
  });
});
