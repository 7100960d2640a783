import { getBezierPath, Position as Side } from '@xyflow/react';
import type { Position } from '../../../document/schema';
import type { Wire } from '../../model/wires';

export interface EdgeEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly sourcePosition: Side;
  readonly targetX: number;
  readonly targetY: number;
  readonly targetPosition: Side;
}

/** How far the handles of a curve reach, as a part of the way to the next place. */
const REACH = 0.4;

const OUTWARD: Readonly<Record<Side, Position>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

/**
 * The line of an edge through its bends, smooth in each of them, and the place for its label. Between two places it is a
 * cubic whose direction in a bend is from the place before it to the one after it (Catmull and Rom 1974).
 */
export function edgePath(
  ends: EdgeEnds,
  bends: readonly Position[],
): readonly [path: string, labelX: number, labelY: number] {
  if (bends.length === 0) {
    const [path, labelX, labelY] = getBezierPath(ends);
    return [path, labelX, labelY];
  }
  const start = { x: ends.sourceX, y: ends.sourceY };
  const end = { x: ends.targetX, y: ends.targetY };
  const places = [start, ...bends, end];
  const inward = OUTWARD[ends.targetPosition];
  const directions = places.map((place, index): Position => {
    const [before, after] = [places[index - 1], places[index + 1]];
    if (!before) return OUTWARD[ends.sourcePosition];
    if (!after) return { x: -inward.x, y: -inward.y };
    const length = distance(before, after) || 1;
    return place && { x: (after.x - before.x) / length, y: (after.y - before.y) / length };
  });
  const pieces = places.slice(1).map((to, index) => {
    const from = places[index] ?? start;
    const reach = REACH * distance(from, to);
    const [leaving, arriving] = [directions[index], directions[index + 1]];
    return [
      from,
      { x: from.x + reach * (leaving?.x ?? 0), y: from.y + reach * (leaving?.y ?? 0) },
      { x: to.x - reach * (arriving?.x ?? 0), y: to.y - reach * (arriving?.y ?? 0) },
      to,
    ] as const;
  });
  const path = pieces.map(([, ...rest]) => `C${rest.map(({ x, y }) => `${x},${y}`).join(' ')}`);
  const [p, q, r, s] = pieces[Math.floor(pieces.length / 2)] ?? [start, start, end, end];
  const middle = (axis: 'x' | 'y'): number => (p[axis] + 3 * q[axis] + 3 * r[axis] + s[axis]) / 8;
  return [`M${start.x},${start.y}${path.join('')}`, middle('x'), middle('y')];
}

const SIDES = {
  left: Side.Left,
  right: Side.Right,
  top: Side.Top,
  bottom: Side.Bottom,
} as const;

/** The line of a wire where its nodes rest. */
export function wirePath({ from, to, bends }: Wire): ReturnType<typeof edgePath> {
  const ends = {
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: SIDES[from.side],
    targetX: to.x,
    targetY: to.y,
    targetPosition: SIDES[to.side],
  };
  return edgePath(ends, bends);
}

/** Between which bends a place belongs that is on the line or near it: how many come before it. */
export function bendIndexAt(
  places: readonly [start: Position, ...bendsAndEnd: Position[]],
  at: Position,
): number {
  const [start, ...others] = places;
  let best = { index: 0, far: Infinity };
  let from = start;
  for (const [index, to] of others.entries()) {
    const far = distanceToSegment(at, from, to);
    if (far < best.far) best = { index, far };
    from = to;
  }
  return best.index;
}

function distanceToSegment(at: Position, from: Position, to: Position): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy || 1;
  const along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / squared;
  const part = Math.min(1, Math.max(0, along));
  return distance(at, { x: from.x + part * dx, y: from.y + part * dy });
}

function distance(a: Position, b: Position): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
