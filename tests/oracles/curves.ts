/** The nearest point of a curve. */
export interface Nearest {
  readonly point: readonly [number, number];
  readonly distance: number;
}

type Point = readonly [number, number];

/** Enough that between two neighbours there is one minimum at most: the curve turns by less than 3° from one to the next. */
const SAMPLES = 512;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The spiral of docs/mathematics.md §7 without noise: r = 0.8t + 0.2 at the angle (2t + k)·2π/K, t in [0, 1]. */
export function nearestOnSpiral(point: Point, arms: number): Nearest {
  const nearest = Array.from({ length: arms }, (_, arm) =>
    nearestOnCurve(point, (t) => {
      const angle = ((2 * t + arm) * 2 * Math.PI) / arms;
      const radius = 0.8 * t + 0.2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
  );
  return closest(nearest);
}

/** The two half circles of docs/mathematics.md §7 without noise: (cos t, sin t) and (1 − cos t, ½ − sin t), t in [0, π]. */
export function nearestOnMoons(point: Point): Nearest {
  return closest([
    nearestOnCurve(point, (t) => [Math.cos(Math.PI * t), Math.sin(Math.PI * t)]),
    nearestOnCurve(point, (t) => [1 - Math.cos(Math.PI * t), 0.5 - Math.sin(Math.PI * t)]),
  ]);
}

/** The ellipse (r₁ sin z, r₂ cos z) of docs/mathematics.md §1. */
export function nearestOnEllipse(point: Point, radius1: number, radius2: number): Nearest {
  return nearestOnCurve(point, (t) => {
    const angle = 2 * Math.PI * t;
    return [radius1 * Math.sin(angle), radius2 * Math.cos(angle)];
  });
}

/** Over t in [0, 1]: the best of evenly spread places, refined by golden section between its neighbours. */
function nearestOnCurve(point: Point, curve: (t: number) => Point): Nearest {
  const distanceAt = (t: number): number => distance(point, curve(t));
  let best = 0;
  for (let i = 1; i <= SAMPLES; i++) {
    if (distanceAt(i / SAMPLES) < distanceAt(best / SAMPLES)) best = i;
  }
  let low = Math.max(0, best - 1) / SAMPLES;
  let high = Math.min(SAMPLES, best + 1) / SAMPLES;
  while (high - low > 1e-10) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (distanceAt(left) < distanceAt(right)) high = right;
    else low = left;
  }
  const found = curve((low + high) / 2);
  return { point: found, distance: distance(point, found) };
}

function closest(candidates: readonly Nearest[]): Nearest {
  return candidates.reduce((a, b) => (b.distance < a.distance ? b : a));
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Of the integral along a half circle; the integrand is smooth on the scale of the noise. */
const QUADRATURE = 500;

/** log p of the moons with Gaussian noise on both coordinates: the mean over both half circles and their angle (midpoint rule). */
export function logDensityOfMoons([x, y]: Point, noise: number): number {
  let total = 0;
  for (let i = 0; i < QUADRATURE; i++) {
    const angle = (Math.PI * (i + 0.5)) / QUADRATURE;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const square of [
      (x - cos) ** 2 + (y - sin) ** 2,
      (x - 1 + cos) ** 2 + (y - 0.5 + sin) ** 2,
    ]) {
      total += Math.exp(-square / (2 * noise ** 2));
    }
  }
  return Math.log(total / (2 * QUADRATURE * 2 * Math.PI * noise ** 2));
}
