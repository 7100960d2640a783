import type { LandscapeRange } from './landscapeFrame';

/** Beside the data, of its extent. */
const MARGIN = 0.25;
/** Of a latent without points: three deviations of N(0, I). */
const PRIOR_EXTENT = 3;

/**
 * What to show when nobody says. Of data: its extent with a margin, and the same length along both axes where they are
 * numbers of one variable, since distances are to be seen. Of a latent, whose points move while a graph is trained: a square
 * around zero whose size changes in steps, so that the picture does not twitch.
 */
export function automaticRange(
  kind: 'observed' | 'latent' | 'surface',
  points: Float32Array,
): LandscapeRange {
  const x = extent(points, 0);
  const y = extent(points, 1);
  if (kind === 'latent') {
    const farthest = Math.max(...[...(x ?? []), ...(y ?? [])].map(Math.abs));
    const half =
      farthest > 0 && Number.isFinite(farthest) ? roundUp(farthest * (1 + MARGIN)) : PRIOR_EXTENT;
    return { x: [-half, half], y: [-half, half] };
  }
  if (!x || !y) return { x: [-1, 1], y: [-1, 1] };
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const longest = Math.max(width, height);
  return kind === 'surface'
    ? { x: around(x, width), y: around(y, height) }
    : { x: around(x, longest), y: around(y, longest) };
}

/** An interval of a length and its margins, around the middle of another. */
function around([low, high]: readonly [number, number], length: number): [number, number] {
  const middle = (low + high) / 2;
  const half = (length || 1) * (0.5 + MARGIN);
  return [middle - half, middle + half];
}

function extent(points: Float32Array, component: 0 | 1): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (let at = component; at < points.length; at += 2) {
    const value = points[at] ?? NaN;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/** The next of 1, 1.5, 2, 3, 5, 7, 10 and their tens. */
function roundUp(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  const next = ([1, 1.5, 2, 3, 5, 7].find((one) => one * ten >= value) ?? 10) * ten;
  return Number(next.toPrecision(6));
}
