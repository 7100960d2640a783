import type { CurveStyle } from '../charts/curveStyle';

/** How the places that a probe says are marked, so that they differ in more than colour. */
export interface MarkStyle {
  /** Name of a design token. */
  readonly colour: string;
  readonly shape: MarkShape;
  /** Of its curve. */
  readonly dash: readonly number[];
}

export type MarkShape = 'circle' | 'square' | 'triangle' | 'diamond';

const SHAPES: readonly MarkShape[] = ['circle', 'square', 'triangle', 'diamond'];
const DASHES: readonly (readonly number[])[] = [[], [8, 3], [12, 3, 2, 3], [4, 2]];
const COLOURS = 8;

/** Of the probe that comes at a place in the list of all. */
export function markStyle(index: number): MarkStyle {
  return {
    // From the second on: the first one is the blue of data.
    colour: `--label-${(index + 1) % COLOURS}`,
    shape: SHAPES[index % SHAPES.length] ?? 'circle',
    dash: DASHES[index % DASHES.length] ?? [],
  };
}

/** Of this sequence, and of the mean over all. */
export function curveStyleOf({ colour, dash }: MarkStyle): CurveStyle {
  return { colour, dash, width: 2 };
}
export const MEAN_DASH: readonly number[] = [2, 3];

/** The outline of a mark, as points around (0, 0) for a radius of 1; null for a circle. */
export const OUTLINES: Readonly<
  Record<MarkShape, readonly (readonly [x: number, y: number])[] | null>
> = {
  circle: null,
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.2],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
};
