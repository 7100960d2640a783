/** A smooth function of many numbers. */
export interface SmoothFunction {
  readonly dimension: number;
  /** Its value at a point; writes its gradient there, too. */
  evaluate(point: Float64Array, gradient: Float64Array): number;
}

export interface StoppingRule {
  /** Largest entry of the gradient at which a point counts as the minimum. */
  readonly tolerance: number;
  /** At most. */
  readonly iterations: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Largest entry of the gradient there. Over the tolerance only where the iterations or the precision of numbers ran out. */
  readonly gradientNorm: number;
  readonly iterations: number;
}

/** Pairs of steps and changes of the gradient that stand for the curvature. */
const MEMORY = 10;
/** Part of what the slope promises that a step must keep (Armijo). */
const DECREASE = 1e-4;
/** Values closer than this part of them are the same but for rounding. */
const ROUNDING = 1e-15;
const SHORTEST_STEP = 1e-12;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / stepᵀ·change. */
  readonly inverse: number;
}

/**
 * Minimum of a convex function from a starting point: L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd edition,
 * algorithms 7.4 and 7.5) with steps that are halved until the value falls enough. Where values cannot tell any more because
 * of rounding, slopes do (Hager and Zhang 2005, "approximate Wolfe"). Deterministic.
 */
export function minimize(f: SmoothFunction, start: Float64Array, rule: StoppingRule): Minimum {
  let point: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(f.dimension);
  let value = f.evaluate(point, gradient);
  let pairs: Pair[] = [];
  let iterations = 0;
  while (largestEntry(gradient) > rule.tolerance && iterations < rule.iterations) {
    const direction = descentDirection(gradient, pairs);
    const next = search(f, { point, value, gradient }, direction);
    if (next === null) {
      // What is remembered may mislead; the gradient alone does not.
      if (pairs.length === 0) break;
      pairs = [];
      continue;
    }
    iterations++;
    const step = difference(next.point, point);
    const change = difference(next.gradient, gradient);
    const curvature = dot(step, change);
    if (curvature > 0)
      pairs = [...pairs.slice(1 - MEMORY), { step, change, inverse: 1 / curvature }];
    ({ point, value, gradient } = next);
  }
  return { point, value, gradientNorm: largestEntry(gradient), iterations };
}

/** −H·gradient with the H of the two loops; the first step has length 1 at most. */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((entry) => -entry);
  const newest = pairs.at(-1);
  if (!newest) {
    const length = Math.sqrt(dot(gradient, gradient));
    return direction.map((entry) => entry / Math.max(1, length));
  }
  const shares = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const pair = pairs[i];
    if (!pair) continue;
    const share = pair.inverse * dot(pair.step, direction);
    shares[i] = share;
    addTo(direction, -share, pair.change);
  }
  const scale = 1 / (newest.inverse * dot(newest.change, newest.change));
  for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  pairs.forEach((pair, i) => {
    const share = pair.inverse * dot(pair.change, direction);
    addTo(direction, (shares[i] ?? 0) - share, pair.step);
  });
  return direction;
}

type Evaluated = Pick<Minimum, 'point' | 'value'> & { readonly gradient: Float64Array };

/** The first of the steps 1, ½, ¼, … that is good enough; null when none is. */
function search(f: SmoothFunction, from: Evaluated, direction: Float64Array): Evaluated | null {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return null;
  for (let length = 1; length > SHORTEST_STEP; length /= 2) {
    const point = from.point.slice();
    addTo(point, length, direction);
    const gradient = new Float64Array(f.dimension);
    const value = f.evaluate(point, gradient);
    if (value <= from.value + DECREASE * length * slope) return { point, value, gradient };
    const isSame = value <= from.value + ROUNDING * Math.abs(from.value);
    if (isSame && dot(gradient, direction) <= (2 * DECREASE - 1) * slope) {
      return { point, value, gradient };
    }
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Adds `factor·b` to `a`. */
function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) + factor * (b[i] ?? 0);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, i) => entry - (b[i] ?? 0));
}

function largestEntry(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
