import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { createLandscaper } from './createLandscaper';
import type { LandscapeFrame, PlanePoint } from './landscapeFrame';
import type { LandscapeModel } from './landscapeModel';
import type { Landscaper } from './landscaper';
import { USUAL_SETTINGS } from './testing/landscapes';

type Sketch = Parameters<typeof sketchDocument>[0];

async function landscaperOf(sketch: Sketch, viewId: string): Promise<Landscaper> {
  const result = await createLandscaper(analyse(sketchDocument(sketch), registry), viewId, {
    engine: createReferenceEngine(),
    asset: () => Promise.reject(new Error('no file is needed')),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

const model = (step: number, weights: Readonly<Record<string, readonly number[]>>) =>
  ({
    snapshot: {
      step,
      state: new Map(
        Object.entries(weights).map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    },
    live: {},
  }) satisfies LandscapeModel;

const CHOSEN = USUAL_SETTINGS;

/** Of all cells: how far F is at most from a formula of their middles. */
function worstError(
  { columns, rows, range: { x, y }, values }: LandscapeFrame,
  formula: (point: PlanePoint) => number,
): number {
  const errors = [...values].map((value, cell) => {
    const across = ((cell % columns) + 0.5) / columns;
    const up = (Math.floor(cell / columns) + 0.5) / rows;
    const point = [x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])] as const;
    return Math.abs(value - formula(point));
  });
  return errors.reduce((worst, error) => (error <= worst ? worst : error), 0);
}

const SUM = ['energy.squared', { reduce: 'sum' }] as const;

/** (2x + 1 − y)². */
const LINE: Sketch = {
  nodes: {
    points: ['data.points', { shape: 'parabola', count: 50 }],
    line: ['module.linear', { width: 1 }],
    energy: SUM,
  },
  edges: ['points.x -> line.in', 'line.out -> energy.a', 'points.y -> energy.b'],
};
const LINE_MODEL = model(7, { 'line.weight': [2], 'line.bias': [1] });

/** ‖z + b − y‖² + ½ ‖z‖². */
const SHIFT: Sketch = {
  nodes: {
    points: ['data.points', { shape: 'moons', count: 50 }],
    z: ['latent.continuous', { d: 2, evaluationSteps: 40 }],
    shift: ['module.linear', { width: 2 }],
    energy: SUM,
    bound: ['reg.l2', { weight: 0.5 }],
  },
  edges: [
    ...['z.z -> shift.in', 'shift.out -> energy.a', 'points.y -> energy.b'],
    'z.z -> bound.z',
  ],
};
const SHIFT_MODEL = model(3, { 'shift.weight': [1, 0, 0, 1], 'shift.bias': [0.5, -0.25] });

describe('contrastive points', () => {
  it('are an even choice of the chains of a sampler, and none before there is a training', async () => {
    const landscaper = await landscaperOf(
      {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 50 }],
          energy: ['energy.scalar', { widths: [4] }],
          walk: ['negative.langevin', { buffer: 1200 }],
          loss: 'loss.nll',
        },
        edges: [
          ...['points.y -> energy.in', 'points.y -> walk.y', 'energy.energy -> loss.energy'],
          'walk.negative -> loss.negative',
        ],
        training: { batchSize: 10 },
      },
      'points.y',
    );
    const initial = await landscaper.frame({ snapshot: null, live: {} }, CHOSEN);
    expect(initial.chains).toHaveLength(0);
    const chains = Array.from({ length: 1200 }, (_, row) => [row, -row]).flat();
    const frame = await landscaper.frame(model(9, { 'walk.chains': chains }), CHOSEN);
    const rows = [...frame.chains].filter((_, at) => at % 2 === 0);
    expect(rows).toEqual(Array.from({ length: 500 }, (_, index) => Math.floor(2.4 * index)));
    expect([...frame.chains].filter((_, at) => at % 2 === 1)).toEqual(rows.map((row) => -row));
  });
});

describe('contrastive points of samplers that keep no chains', () => {
  const contrasted = (y: string, energy: Sketch['nodes'], edges: readonly string[]): Sketch => ({
    nodes: {
      points: ['data.points', { shape: y === 'points.y' ? 'parabola' : 'moons', count: 50 }],
      ...energy,
      others: 'negative.shuffle',
      loss: 'loss.hinge',
    },
    edges: [...edges, 'points.y -> others.y', 'others.negative -> loss.negative'],
    training: { batchSize: 10 },
  });

  it('are those of the batch that the next step takes', async () => {
    const sketch = contrasted('moons', { energy: ['energy.scalar', { widths: [4] }] }, [
      'points.y -> energy.in',
      'energy.energy -> loss.energy',
    ]);
    const landscaper = await landscaperOf(sketch, 'points.y');
    const first = await landscaper.frame({ snapshot: null, live: {} }, CHOSEN);
    expect(first.negatives).toHaveLength(2 * 10);
    expect(first.chains).toHaveLength(0);
    const atStep = (step: number) => landscaper.frame(model(step, {}), CHOSEN);
    expect((await atStep(0)).negatives).toEqual(first.negatives);
    expect((await atStep(1)).negatives).not.toEqual(first.negatives);
    landscaper.dispose();
  });

  it('lie on a surface over the x that they are contrasted at', async () => {
    const sketch = contrasted('points.y', { line: ['module.linear', { width: 1 }], energy: SUM }, [
      ...['points.x -> line.in', 'line.out -> energy.a', 'points.y -> energy.b'],
      'energy.energy -> loss.energy',
    ]);
    const landscaper = await landscaperOf(sketch, 'points.x,points.y');
    const { negatives } = await landscaper.frame(LINE_MODEL, CHOSEN);
    const pairs = Array.from({ length: 10 }, (_, row) => [
      ...negatives.subarray(2 * row, 2 * row + 2),
    ]);
    expect(pairs).toHaveLength(10);
    // y of the row r + 1 is near the square of its x, which is that of the next pair.
    pairs.forEach(([, y = NaN], row) => {
      const [x = NaN] = pairs[(row + 1) % 10] ?? [];
      expect(Math.abs(y - x ** 2)).toBeLessThan(0.3);
    });
  });
});

describe('the y of a chosen z', () => {
  const RANGE = { x: [-3, 3], y: [-3, 3] } as const;

  it('is what the graph makes of z, where it compares y with that', async () => {
    const landscaper = await landscaperOf(SHIFT, 'points.y');
    const chosen = { key: 'z.z', value: [0.75, -1] };
    const found = await landscaper.predict(SHIFT_MODEL, CHOSEN, chosen, RANGE);
    expect(found).toEqual([1.25, -1.25]);
    const unknown = { key: 'other.z', value: [0, 0] };
    expect(await landscaper.predict(SHIFT_MODEL, CHOSEN, unknown, RANGE)).toBeNull();
    const tooShort = { key: 'z.z', value: [0] };
    expect(await landscaper.predict(SHIFT_MODEL, CHOSEN, tooShort, RANGE)).toBeNull();
  });

  it('is argmin over y of the energies of that z where an energy has it inside', async () => {
    const landscaper = await landscaperOf(
      {
        nodes: {
          points: ['data.points', { shape: 'ellipse', count: 50 }],
          z: 'latent.angle',
          all: ['latent.angle', { mode: 'marginalize' }],
          ellipse: 'energy.ellipse',
          other: 'energy.ellipse',
        },
        edges: [
          ...['points.y -> ellipse.y', 'z.z -> ellipse.z', 'points.y -> other.y'],
          'all.z -> other.z',
        ],
      },
      'points.y',
    );
    const trained = model(5, {
      'ellipse.radius1': [2],
      'ellipse.radius2': [1.5],
      // Far from it: the energy of another z has no say.
      'other.radius1': [0.25],
      'other.radius2': [0.25],
    });
    for (const z of [0, 1, 4]) {
      const found = await landscaper.predict(trained, CHOSEN, { key: 'z.z', value: [z] }, RANGE);
      expect(found?.[0]).toBeCloseTo(2 * Math.sin(z), 3);
      expect(found?.[1]).toBeCloseTo(1.5 * Math.cos(z), 3);
    }
    landscaper.dispose();
  });

  it('is the mean of a Gaussian that a code names', async () => {
    const landscaper = await landscaperOf(
      {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 50 }],
          z: ['latent.discrete', { k: 2, mode: 'marginalize' }],
          mixture: 'energy.gaussian',
        },
        edges: ['points.y -> mixture.y', 'z.z -> mixture.z'],
      },
      'points.y',
    );
    const trained = model(5, {
      'mixture.mean': [1, -0.5, -1.25, 2],
      'mixture.logDeviation': [-1, -1, 0, 0],
    });
    for (const [value, mean] of [
      [
        [1, 0],
        [1, -0.5],
      ],
      [
        [0, 1],
        [-1.25, 2],
      ],
    ] as const) {
      const found = await landscaper.predict(trained, CHOSEN, { key: 'z.z', value }, RANGE);
      expect(found?.[0]).toBeCloseTo(mean[0], 3);
      expect(found?.[1]).toBeCloseTo(mean[1], 3);
    }
  });
});

describe('the landscape of x and y', () => {
  it('is F at the middle of each cell, with the held-out samples', async () => {
    const landscaper = await landscaperOf(LINE, 'points.x,points.y');
    const frame = await landscaper.frame(LINE_MODEL, CHOSEN);
    expect(frame).toMatchObject({ step: 7, columns: 64, rows: 64, sample: null, place: null });
    expect(frame.points).toHaveLength(2 * 10);
    expect([...frame.samples]).toEqual([...Array(10).keys()]);
    expect(frame.dataset).toMatch(/^data\.points/);
    for (let at = 0; at < 20; at += 2) {
      const [x = NaN, y = NaN] = frame.points.subarray(at, at + 2);
      expect(Math.abs(y - x ** 2)).toBeLessThan(0.3);
    }
    expect(worstError(frame, ([x, y]) => (2 * x + 1 - y) ** 2)).toBeLessThan(1e-4);
    const chosen = { x: [0, 1], y: [-3, 5] } as const;
    const other = await landscaper.frame(LINE_MODEL, { ...CHOSEN, range: chosen });
    expect(other.range).toEqual(chosen);
    expect(worstError(other, ([x, y]) => (2 * x + 1 - y) ** 2)).toBeLessThan(1e-4);
    landscaper.dispose();
  });

  it('descends in y alone', async () => {
    const landscaper = await landscaperOf(LINE, 'points.x,points.y');
    const range = { x: [-1, 1], y: [-1, 1] } as const;
    const way = await landscaper.descend(LINE_MODEL, CHOSEN, [0.25, -0.75], range);
    const { path = [], end } = way ?? {};
    expect(end).toBe('minimum');
    for (const [x] of path) expect(x).toBe(0.25);
    expect(path.at(-1)?.[1]).toBeCloseTo(1.5, 3);
  });

  it('is that of the initial weights without a snapshot', async () => {
    const landscaper = await landscaperOf(LINE, 'points.x,points.y');
    const before = await landscaper.frame({ snapshot: null, live: {} }, CHOSEN);
    await landscaper.frame(LINE_MODEL, CHOSEN);
    const again = await landscaper.frame({ snapshot: null, live: {} }, CHOSEN);
    expect(before.step).toBeNull();
    expect(again.values).toEqual(before.values);
    const heavier = await landscaper.frame(
      { snapshot: null, live: { 'energy.weight': 3 } },
      CHOSEN,
    );
    expect(heavier.values[100]).toBeCloseTo(3 * (before.values[100] ?? NaN), 4);
  });
});

describe('the landscape of a latent', () => {
  it('is E(y, z) at the y of the held sample, with the latents of the samples where inference puts them', async () => {
    const landscaper = await landscaperOf(SHIFT, 'z.z');
    const observed = await (await landscaperOf(SHIFT, 'points.y')).frame(SHIFT_MODEL, CHOSEN);
    for (const sample of [0, 4]) {
      const frame = await landscaper.frame(SHIFT_MODEL, { ...CHOSEN, sample });
      const [y1 = NaN, y2 = NaN] = observed.points.subarray(2 * sample, 2 * sample + 2);
      const r = [y1 - 0.5, y2 + 0.25] as const;
      const formula = ([z1, z2]: PlanePoint) =>
        (z1 - r[0]) ** 2 + (z2 - r[1]) ** 2 + 0.5 * (z1 ** 2 + z2 ** 2);
      expect(worstError(frame, formula)).toBeLessThan(1e-4);
      expect(frame.sample).toEqual({ index: sample, count: 10 });
      // ẑ = r/(1 + ½).
      expect(frame.place?.[0]).toBeCloseTo(r[0] / 1.5, 3);
      expect(frame.place?.[1]).toBeCloseTo(r[1] / 1.5, 3);
      expect([...frame.points.subarray(2 * sample, 2 * sample + 2)]).toEqual(frame.place);
      const range = { x: [-2, 2], y: [-2, 2] } as const;
      const way = await landscaper.descend(
        SHIFT_MODEL,
        { ...CHOSEN, range, sample },
        [1, 1],
        range,
      );
      expect(way?.path.at(-1)?.[0]).toBeCloseTo(r[0] / 1.5, 2);
      expect(way?.path.at(-1)?.[1]).toBeCloseTo(r[1] / 1.5, 2);
    }
    const beyond = await landscaper.frame(SHIFT_MODEL, { ...CHOSEN, sample: 1000 });
    expect(beyond.sample?.index).toBe(9);
  });
});

describe('the landscape of y', () => {
  it('is F(y) = min over z of E(y, z)', async () => {
    const landscaper = await landscaperOf(SHIFT, 'points.y');
    const frame = await landscaper.frame(SHIFT_MODEL, CHOSEN);
    // ‖r‖² · ½/(1 + ½).
    const formula = ([y1, y2]: PlanePoint) => ((y1 - 0.5) ** 2 + (y2 + 0.25) ** 2) / 3;
    expect(worstError(frame, formula)).toBeLessThan(1e-3);
    const [width, height] = [frame.range.x, frame.range.y].map(([low, high]) => high - low);
    expect(width).toBeCloseTo(height ?? NaN, 5);
  });

  it('fails with a diagnostic for a view that the graph does not have', async () => {
    const analysis = analyse(sketchDocument(LINE), registry);
    const engine = createReferenceEngine();
    const asset = () => Promise.reject(new Error('none'));
    const result = await createLandscaper(analysis, 'points.z', { engine, asset });
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'points.mismatch' }] });
  });
});
