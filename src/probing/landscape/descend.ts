import type { DescentEnd } from './landscapeFrame';

type Point = readonly number[];

export interface EnergyAndSlope {
  readonly energy: number;
  readonly slope: Point;
}

export interface DescentOptions {
  /** A length that is large for the problem: that of the picture. */
  readonly span: number;
  readonly steps?: number;
}

export interface DescentPath {
  readonly path: readonly Point[];
  readonly energies: readonly number[];
  readonly end: DescentEnd;
}

/** Of the span. */
const FIRST_MOVE = 0.02;
const LONGEST_MOVE = 0.04;
const SHORTEST_MOVE = 2e-4;
const FARTHEST = 3;
/** A step has to lower F by this much of what its slope promises (Armijo 1966). */
const SUFFICIENT = 1e-4;
/** Trials at a quarter of the length each before no step is believed to lead lower. */
const TRIALS = 10;

/**
 * Gradient descent p ← p − η ∂F/∂p with steps that follow the curvature met, η = ‖s‖²/⟨s, y⟩ (Barzilai and Borwein
 * 1988), each no longer than a small part of the picture so that its path can be seen, and shortened until it lowers F.
 */
export async function descend(
  at: (point: Point) => Promise<EnergyAndSlope>,
  start: Point,
  { span, steps = 200 }: DescentOptions,
): Promise<DescentPath> {
  const path = [start];
  let here = await at(start);
  const energies = [here.energy];
  const ended = (end: DescentEnd): DescentPath => ({ path, energies, end });
  if (!Number.isFinite(here.energy)) return ended('not finite');
  let point = start;
  let rate = (FIRST_MOVE * span) / Math.max(norm(here.slope), Number.MIN_VALUE);
  for (let step = 0; step < steps; step++) {
    const size = norm(here.slope);
    if (!Number.isFinite(size)) return ended('not finite');
    if (size === 0) return ended('minimum');
    rate = Math.min(rate, (LONGEST_MOVE * span) / size);
    const moved = await lower(at, point, here, rate);
    if (moved === null) return ended('minimum');
    const s = minus(moved.point, point);
    const curvature = inner(s, minus(moved.found.slope, here.slope));
    rate = curvature > 0 ? inner(s, s) / curvature : 2 * moved.rate;
    point = moved.point;
    here = moved.found;
    path.push(point);
    energies.push(here.energy);
    if (norm(minus(point, start)) > FARTHEST * span) return ended('away');
    if (norm(s) < SHORTEST_MOVE * span) return ended('minimum');
  }
  return ended('steps');
}

/** The first step of the rate, of a quarter of it and so on that lowers F enough; null where none does. */
async function lower(
  at: (point: Point) => Promise<EnergyAndSlope>,
  point: Point,
  { energy, slope }: EnergyAndSlope,
  longest: number,
): Promise<{ point: Point; found: EnergyAndSlope; rate: number } | null> {
  for (let trial = 0, rate = longest; trial < TRIALS; trial++, rate /= 4) {
    const next = point.map((value, index) => value - rate * (slope[index] ?? 0));
    const found = await at(next);
    if (found.energy <= energy - SUFFICIENT * rate * inner(slope, slope)) {
      return { point: next, found, rate };
    }
  }
  return null;
}

function minus(a: Point, b: Point): Point {
  return a.map((value, index) => value - (b[index] ?? 0));
}

function inner(a: Point, b: Point): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function norm(a: Point): number {
  return Math.sqrt(inner(a, a));
}
