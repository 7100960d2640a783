import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { readAsset } from '../../cli/assets';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { digits, firstRows } from '../testing/labelledData';
import { createLandscaper } from './createLandscaper';
import type { LandscapeFrame, LandscapeSettings, PlanePoint } from './landscapeFrame';
import type { LandscapeModel } from './landscapeModel';
import type { Landscaper } from './landscaper';
import { randomNumbers, randomPair } from './randomDirections';
import { USUAL_SETTINGS } from './testing/landscapes';

type Sketch = Parameters<typeof sketchDocument>[0];
type Vector = readonly number[];
type Matrix = readonly Vector[];

const SEED = sketchDocument({ nodes: {} }).training.seed;
const PIXELS = 64;

/** Numbers that look random, the same in each run. */
const numbers = (count: number, which: number): number[] =>
  Array.from({ length: count }, (_, i) => 0.3 * Math.sin(12.9898 * (i + 1) + 78.233 * which));
/** `[inputs, outputs]` in the order of a weight. */
const matrix = (inputs: number, outputs: number, which: number): Matrix =>
  Array.from({ length: inputs }, (_, i) => numbers(outputs, 10 * which + i));

const dot = (a: Vector, b: Vector): number => a.reduce((sum, v, i) => sum + v * (b[i] ?? NaN), 0);
const plus = (a: Vector, b: Vector, share = 1): number[] =>
  a.map((value, i) => value + share * (b[i] ?? NaN));
/** xᵀW. */
const times = (x: Vector, w: Matrix): number[] =>
  (w[0] ?? []).map((_, column) =>
    x.reduce((sum, v, row) => sum + v * (w[row]?.[column] ?? NaN), 0),
  );
const squares = (a: Vector): number => dot(a, a);

const stateOf = (weights: Readonly<Record<string, Vector | Matrix>>): LandscapeModel => ({
  snapshot: {
    step: 3,
    state: new Map(
      Object.entries(weights).map(([name, values]) => [name, Float64Array.from(values.flat())]),
    ),
  },
  live: {},
});

async function landscaperOf(sketch: Sketch, viewId: string): Promise<Landscaper> {
  const result = await createLandscaper(analyse(sketchDocument(sketch), registry), viewId, {
    engine: createReferenceEngine(),
    asset: readAsset,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

/** Of all cells, how far from a formula of their middles, in parts of the largest value. */
function worstError(
  { columns, rows, range: { x, y }, values }: LandscapeFrame,
  formula: (point: PlanePoint) => number,
): number {
  const exact = Array.from(values, (_, cell) =>
    formula([
      x[0] + (((cell % columns) + 0.5) / columns) * (x[1] - x[0]),
      y[0] + ((Math.floor(cell / columns) + 0.5) / rows) * (y[1] - y[0]),
    ]),
  );
  const most = Math.max(...exact.map(Math.abs));
  return Math.max(...exact.map((value, cell) => Math.abs(value - (values[cell] ?? NaN)))) / most;
}

const slice = (changes: Partial<LandscapeSettings['slice']>): LandscapeSettings => ({
  ...USUAL_SETTINGS,
  slice: { ...USUAL_SETTINGS.slice, ...changes },
});

/** Pixels of a held-out digit, from the file itself: the last 360 are held out. */
const { test } = digits(firstRows(1797 - 360));
const pixels = (row: number): number[] => [
  ...test.features.values.subarray(row * PIXELS, (row + 1) * PIXELS),
];

describe('a slice of y', () => {
  const [A, B] = [matrix(PIXELS, 3, 1), matrix(PIXELS, 3, 2)];
  const JOINT: Sketch = {
    nodes: {
      digits: 'data.digits',
      part: ['view.dropout', { rate: 0.5 }],
      encoderX: ['module.linear', { width: 3, bias: false }],
      encoderY: ['module.linear', { width: 3, bias: false }],
      energy: ['energy.squared', { reduce: 'sum', weight: 2 }],
    },
    edges: [
      ...['digits.x -> part.in', 'part.out -> encoderX.in', 'digits.x -> encoderY.in'],
      ...['encoderX.out -> energy.a', 'encoderY.out -> energy.b'],
    ],
  };
  const model = stateOf({ 'encoderX.weight': A, 'encoderY.weight': B });
  const viewId = 'slice:digits.x,part.out';
  let landscaper: Landscaper;
  beforeAll(async () => {
    landscaper = await landscaperOf(JOINT, viewId);
  });

  it('is F(x, y) on the plane through three digits, x being the first of them', async () => {
    const settings = slice({ first: 4, second: 11, third: 30 });
    const frame = await landscaper.frame(model, settings);
    const [first, second, third] = [pixels(4), pixels(11), pixels(30)];
    const u = plus(second, first, -1);
    const off = plus(third, first, -1);
    const left = plus(off, u, -dot(off, u) / squares(u));
    const v = left.map((value) => value * Math.sqrt(squares(u) / squares(left)));
    expect(dot(u, v)).toBeCloseTo(0, 9);
    const energy = (y: Vector): number => 2 * squares(plus(times(first, A), times(y, B), -1));
    const formula = ([a, b]: PlanePoint): number => energy(plus(plus(first, u, a), v, b));
    expect(worstError(frame, formula)).toBeLessThan(1e-5);
    expect(frame.axes.map(({ label }) => label)).toEqual([
      'a: sample 5 → 12',
      'b: orthogonal, towards 31',
    ]);

    const points = frame.marks.map(({ point }) => point);
    expect(frame.marks.map(({ label }) => label)).toEqual(['5', '12', '31']);
    [
      [0, 0],
      [1, 0],
      [dot(off, u) / squares(u), dot(off, v) / squares(u)],
    ].forEach((place, which) => {
      expect(points[which]?.[0]).toBeCloseTo(place[0] ?? NaN, 6);
      expect(points[which]?.[1]).toBeCloseTo(place[1] ?? NaN, 6);
    });
    // The picture at the third point is the third digit.
    const { origin = [], across = [], up = [] } = frame.pictures ?? {};
    const [a, b] = points[2] ?? [NaN, NaN];
    const there = plus(plus([...origin], [...across], a), [...up], b);
    expect(Math.sqrt(squares(plus(there, third, -1)))).toBeLessThan(1e-5);
  });

  it('goes along a random orthogonal direction of the same length, a function of the seed', async () => {
    const picturesOf = async (seed: number) => {
      const { pictures, marks, axes } = await landscaper.frame(model, slice({ third: null, seed }));
      expect(marks).toHaveLength(2);
      expect(axes[1].label).toBe('b: orthogonal, at random');
      const [across, up] = [[...(pictures?.across ?? [])], [...(pictures?.up ?? [])]];
      expect(Math.abs(dot(across, up))).toBeLessThan(1e-4);
      expect(squares(up)).toBeCloseTo(squares(across), 3);
      return up;
    };
    const once = await picturesOf(1);
    expect(await picturesOf(1)).toEqual(once);
    expect(await picturesOf(2)).not.toEqual(once);
  });

  it('has gradients that are those of F by y in the plane', async () => {
    const frame = await landscaper.frame(model, { ...slice({}), arrows: true });
    const { across = [], up = [], origin = [] } = frame.pictures ?? {};
    const [u, v, first] = [[...across], [...up], [...origin]];
    const arrows = frame.arrows ?? new Float32Array();
    expect(arrows).toHaveLength(4 * 144);
    for (const at of [0, 4 * 50, 4 * 143]) {
      const [a = NaN, b = NaN, toRight, upwards] = arrows.subarray(at, at + 4);
      const y = plus(plus(first, u, a), v, b);
      const residual = plus(times(y, B), times(first, A), -1);
      const slope = B.map((row) => 4 * dot(row, residual));
      expect(toRight).toBeCloseTo(-dot(slope, u) / squares(u), 4);
      expect(upwards).toBeCloseTo(-dot(slope, v) / squares(v), 4);
    }
  });

  it('descends in all numbers of y, seen over the plane', async () => {
    const settings = slice({});
    const { range, pictures } = await landscaper.frame(model, settings);
    const way = await landscaper.descend(model, settings, [0.5, 1], range);
    if (!way) throw new Error('it descends');
    expect(way.path[0]?.[0]).toBeCloseTo(0.5, 6);
    expect(way.path[0]?.[1]).toBeCloseTo(1, 6);
    const first = [...(pictures?.origin ?? [])];
    const last = [...(way.last ?? [])];
    expect(way.energies.at(-1)).toBeCloseTo(
      2 * squares(plus(times(first, A), times(last, B), -1)),
      4,
    );
    expect(way.energies.at(-1)).toBeLessThan(1e-2 * (way.energies[0] ?? NaN));
    // Over 64 numbers the nearest zero of F lies beside a plane.
    expect(way.beside).toBeGreaterThan(0.01);
  });
});

describe('a slice of z', () => {
  const CODE = 4;
  const W = matrix(CODE, PIXELS, 3);
  const b = numbers(PIXELS, 99);
  const CODING: Sketch = {
    nodes: {
      digits: 'data.digits',
      flat: 'op.flatten',
      z: ['latent.continuous', { d: CODE, evaluationSteps: 60 }],
      decoder: ['module.linear', { width: PIXELS }],
      energy: ['energy.squared', { reduce: 'sum' }],
      bound: ['reg.l2', { weight: 0.5 }],
    },
    edges: [
      ...['z.z -> decoder.in', 'decoder.out -> energy.a', 'digits.x -> flat.in'],
      ...['flat.out -> energy.b', 'z.z -> bound.z'],
    ],
  };
  const model = stateOf({ 'decoder.weight': W, 'decoder.bias': b });
  const energy = (y: Vector, z: Vector): number =>
    squares(plus(plus(times(z, W), b), y, -1)) + 0.5 * squares(z);
  /** ẑ = (WWᵀ + ½)⁻¹ W(y − b). */
  const best = (y: Vector): number[] => {
    const r = plus(y, b, -1);
    const system = W.map((row, i) => [...W.map((other, j) => dot(row, other) + (i === j ? 0.5 : 0)), dot(row, r)]); // prettier-ignore
    return solve(system);
  };
  const settings = { ...slice({ components: [2, 0] }), sample: 7 };
  let landscaper: Landscaper;
  beforeAll(async () => {
    landscaper = await landscaperOf(CODING, 'slice:z.z');
  });

  it('is E(y, z) over two numbers of z, the others as they were found', async () => {
    const y = pixels(7);
    const z = best(y);
    const frame = await landscaper.frame(model, settings);
    const formula = ([first, second]: PlanePoint): number =>
      energy(y, z.with(2, first).with(0, second));
    expect(worstError(frame, formula)).toBeLessThan(1e-3);
    expect(frame.axes.map(({ symbol }) => symbol)).toEqual(['z₃', 'z₁']);
    expect(frame.place?.[0]).toBeCloseTo(z[2] ?? NaN, 2);
    expect(frame.place?.[1]).toBeCloseTo(z[0] ?? NaN, 2);
    expect(frame.sample).toEqual({ index: 7, count: 360 });
    expect(frame.points).toHaveLength(2 * 128);
  });

  it('shows the way that inference took, from its start to where it ended', async () => {
    const y = pixels(7);
    const { inference, place } = await landscaper.frame(model, settings);
    const { path = [], energies = [], steps = [] } = inference ?? {};
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(60);
    expect(path[0]).toEqual([0, 0]);
    expect(path.at(-1)?.[0]).toBeCloseTo(place?.[0] ?? NaN, 5);
    expect(path.at(-1)?.[1]).toBeCloseTo(place?.[1] ?? NaN, 5);
    // The best points met: E never rises.
    energies.forEach((value, at) => {
      expect(value).toBeLessThanOrEqual((energies[at - 1] ?? Infinity) * (1 + 1e-6));
    });
    expect(energies[0]).toBeCloseTo(energy(y, [0, 0, 0, 0]), 3);
    expect(energies.at(-1)).toBeCloseTo(energy(y, best(y)), 2);
  });

  it('is E along two random orthonormal directions from what was found', async () => {
    const y = pixels(0);
    const z = best(y);
    const pair = randomPair(CODE, 1, SEED, 'slice:z.z', 5);
    const [d1, d2] = pair.map((direction) => [...direction]);
    if (!d1 || !d2) throw new Error('there are two');
    expect(squares(d1)).toBeCloseTo(1, 9);
    expect(squares(d2)).toBeCloseTo(1, 9);
    expect(dot(d1, d2)).toBeCloseTo(0, 9);
    const frame = await landscaper.frame(model, slice({ components: null, seed: 5 }));
    const formula = ([a, c]: PlanePoint): number => energy(y, plus(plus(z, d1, a), d2, c));
    expect(worstError(frame, formula)).toBeLessThan(1e-3);
    expect(frame.place?.[0]).toBeCloseTo(0, 9);
  });

  it('descends in all numbers of z', async () => {
    const { range } = await landscaper.frame(model, settings);
    const way = await landscaper.descend(model, settings, [range.x[1], range.y[0]], range);
    const z = best(pixels(7));
    expect(way?.end).toBe('minimum');
    expect(way?.path.at(-1)?.[0]).toBeCloseTo(z[2] ?? NaN, 2);
    expect(way?.path.at(-1)?.[1]).toBeCloseTo(z[0] ?? NaN, 2);
    expect(way?.beside).toBeLessThan(0.02);
  });
});

describe('the loss over weights', () => {
  /** mean (wx + c − y)² + ½ mean (wx + c)², in two terms. */
  const LINE: Sketch = {
    nodes: {
      points: ['data.points', { shape: 'parabola', count: 50 }],
      line: ['module.linear', { width: 1 }],
      energy: ['energy.squared', { reduce: 'sum' }],
      bound: ['reg.l2', { weight: 0.5 }],
    },
    edges: [
      ...['points.x -> line.in', 'line.out -> energy.a', 'points.y -> energy.b'],
      'line.out -> bound.z',
    ],
  };
  const model = stateOf({ 'line.weight': [2], 'line.bias': [1] });

  async function whole(
    landscaper: Landscaper,
    settings: LandscapeSettings,
  ): Promise<LandscapeFrame> {
    let frame = await landscaper.frame(model, settings);
    while (frame.missing > 0) frame = await landscaper.frame(model, settings);
    return frame;
  }

  it('is the objective on a fixed batch along the directions, each term by itself, and that of the present weights in the middle', async () => {
    const landscaper = await landscaperOf(LINE, 'weights');
    const held = await landscaperOf(LINE, 'points.x,points.y');
    const { points } = await held.frame(model, USUAL_SETTINGS);
    const rows = Array.from({ length: 10 }, (_, row) => points.subarray(2 * row, 2 * row + 2));
    const mean = (of: (x: number, y: number) => number): number =>
      rows.reduce((sum, [x = NaN, y = NaN]) => sum + of(x, y) / 10, 0);
    // Of one number the normalised direction is ± itself.
    const sign = (which: number) => Math.sign(randomNumbers(1, SEED, 'line.weight', which, 0)[0] ?? NaN); // prettier-ignore
    const weight = ([a, b]: PlanePoint): number => 2 + 2 * (a * sign(0) + b * sign(1));
    const terms = {
      energy: (point: PlanePoint) => mean((x, y) => (weight(point) * x + 1 - y) ** 2),
      bound: (point: PlanePoint) => mean((x) => 0.5 * (weight(point) * x + 1) ** 2),
    };
    const both = (point: PlanePoint): number => terms.energy(point) + terms.bound(point);

    const first = await landscaper.frame(model, USUAL_SETTINGS);
    expect(first.columns).toBe(25);
    expect(first.values.every(Number.isFinite)).toBe(true);
    const frame = await whole(landscaper, USUAL_SETTINGS);
    expect(frame.values[12 * 25 + 12]).toBeCloseTo(both([0, 0]), 5);
    expect(frame.marks).toEqual([{ label: 'θ', point: [0, 0] }]);
    expect(worstError(frame, both)).toBeLessThan(1e-5);
    // What was computed has all terms: nothing is missing for another one.
    for (const [term, formula] of Object.entries(terms)) {
      const own = await landscaper.frame(model, slice({ term }));
      expect(own.missing).toBe(0);
      expect(worstError(own, formula)).toBeLessThan(1e-5);
    }
    const training = await whole(landscaper, slice({ split: 'train' }));
    expect(training.values).not.toEqual(frame.values);
    expect(await landscaper.descend(model, USUAL_SETTINGS, [0, 0], frame.range)).toBeNull();
    landscaper.dispose();
  });
});

/** Gaussian elimination of a small system with its right side, which needs no pivots: it is positive definite. */
function solve(system: readonly Vector[]): number[] {
  const rows = system.map((row) => [...row]);
  rows.forEach((row, i) => {
    for (const other of rows.slice(i + 1)) {
      const share = (other[i] ?? NaN) / (row[i] ?? NaN);
      row.forEach((value, j) => (other[j] = (other[j] ?? NaN) - share * value));
    }
  });
  const found: number[] = rows.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    const known = dot(found, row.slice(0, -1));
    found[i] = ((row.at(-1) ?? NaN) - known) / (row[i] ?? NaN);
  }
  return found;
}
