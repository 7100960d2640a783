import type { EmbeddingFrame, SampleTable } from '../../probing/embedding/embeddingFrame';
import type { ReadToken } from '../charts/themeColours';
import { viridis } from '../landscape/viridis';
import type { Projection, Size } from './camera';

/** Points with their looks, as painters take them. */
export interface PointScene {
  readonly count: number;
  /** `n × 3`. */
  readonly places: Float32Array;
  /** `n × 4`: red, green and blue, and the number of the shape. */
  readonly looks: Uint8Array;
  /** `n`: 1 where a point is selected. */
  readonly marks: Uint8Array;
  /** Whether some are, so that the others step back. */
  readonly hasMarks: boolean;
  readonly isSpace: boolean;
}

/** How a scene is seen. */
export interface PointView {
  readonly size: Size;
  readonly projection: Projection;
  /** Side of a point, in pixels. */
  readonly pointSize: number;
}

/** Draws points on a canvas of its own. */
export interface PointPainter {
  readonly kind: 'webgl2' | '2d';
  setScene(scene: PointScene): void;
  /** Clears, and draws at once: the canvas can be read until the current task ends. */
  draw(view: PointView): void;
  dispose(): void;
}

/** As many as there are tokens `--label-0` and so on. */
const COLOURS = 8;
/** Shapes of points: circle, square, triangle, diamond, plus. Coprime to the colours, so that 40 classes look different. */
export const SHAPES = 5;

export interface Look {
  readonly colour: readonly [number, number, number];
  readonly shape: number;
}

/** Of a class of the data: told apart by colour and by shape. */
export function classLook(label: number, token: ReadToken): Look {
  return { colour: rgbOf(token(`--label-${label % COLOURS}`)), shape: label % SHAPES };
}

/** Ends of the colours, outliers cut: the 2nd and the 98th percentile. */
export function scalarRange(values: Float32Array): readonly [number, number] {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return [at(0.02), at(0.98)];
}

export function pointScene(
  { places, dimensions, samples, scalars }: EmbeddingFrame,
  table: SampleTable | null,
  selected: ReadonlySet<number>,
  token: ReadToken,
): PointScene {
  const count = samples.length;
  const spread = new Float32Array(3 * count);
  const looks = new Uint8Array(4 * count);
  const marks = new Uint8Array(count);
  const [low, high] = scalars ? scalarRange(scalars) : [0, 1];
  const plain: Look = { colour: rgbOf(token('--accent')), shape: 0 };
  const classes = new Map<number, Look>();
  const lookOf = (point: number, sample: number): Look => {
    if (scalars) {
      const part = ((scalars[point] ?? 0) - low) / (high - low || 1);
      return { colour: viridis(Math.min(1, Math.max(0, part))), shape: 0 };
    }
    const label = table?.labels?.[sample];
    if (label === undefined) return plain;
    const look = classes.get(label) ?? classLook(label, token);
    classes.set(label, look);
    return look;
  };
  samples.forEach((sample, point) => {
    for (let axis = 0; axis < dimensions; axis++) {
      spread[3 * point + axis] = places[dimensions * point + axis] ?? 0;
    }
    const { colour, shape } = lookOf(point, sample);
    looks.set([...colour, shape], 4 * point);
    marks[point] = selected.has(sample) ? 1 : 0;
  });
  const hasMarks = marks.includes(1);
  return { count, places: spread, looks, marks, hasMarks, isSpace: dimensions === 3 };
}

/** Of `#rrggbb`, or `#rgb`, which is what a build may make of it. */
export function rgbOf(hex: string): [number, number, number] {
  const digits = hex.slice(1);
  const all = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = Number.parseInt(all, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
