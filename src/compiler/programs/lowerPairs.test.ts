import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { elementCount } from '../../ir/types';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { compileEvaluation } from './compileEvaluation';
import { stateName } from '../names';
import { OUTPUT } from './compiled';

interface Setting {
  readonly sketch: Parameters<typeof sketchDocument>[0];
  /** Held-out rows of a column, flat. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
  /** `module.weight` → values. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Outputs of the evaluation with the weights and held-out rows given, to six digits. */
async function run({ sketch, columns, weights }: Setting) {
  const compiled = compileEvaluation(analyse(sketchDocument(sketch), registry));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program, data, energies } = compiled.value;
  const shapes = new Map(program.data.map(({ name, shape }) => [name, shape]));
  const arrays = new Map(
    data.map(({ name, column }) => {
      const unused = () => new Float32Array(elementCount(defined(shapes.get(name), name)));
      const values = columns[column];
      return [name, values ? Float32Array.from(values) : unused()] as const;
    }),
  );
  const executable = await createReferenceEngine().compile(program, arrays);
  const state = new Map(await executable.readState());
  for (const [name, values] of Object.entries(weights)) {
    const [node = '', ...weight] = name.split('.');
    state.set(stateName(node, weight.join('.')), Float64Array.from(values));
  }
  executable.writeState(state, 0);
  await executable.run(1);
  const outputs = await executable.readOutputs();
  executable.dispose();
  const read = (name: string): number[] | null => {
    const values = outputs.get(name);
    return values ? Array.from(values, (value) => Number(value.toFixed(6)) + 0) : null;
  };
  return { read, energies };
}

async function evaluate(setting: Setting) {
  const { read, energies } = await run(setting);
  return {
    contrasts: energies.map(({ contrast }) => contrast),
    data: read(OUTPUT.energy('energy')),
    other: read(OUTPUT.shuffledEnergy('energy')),
    mismatched: read(OUTPUT.mismatchedEnergy('energy')),
  };
}

/** The energies of each step, of true pairs and of others. */
async function evaluateSteps(setting: Setting) {
  const { read } = await run(setting);
  return [read(OUTPUT.energySteps('energy')), read(OUTPUT.shuffledEnergySteps('energy'))];
}

const SUM = ['energy.squared', { reduce: 'sum' }] as const;

describe('F(x, y_other)', () => {
  it('replaces y at an encoder as well as in the energy', async () => {
    const one = ['module.linear', { width: 1 }] as const;
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'parabola', count: 20 }],
          encoder: one,
          prediction: 'op.add',
          energy: SUM,
        },
        edges: [
          'points.y -> encoder.in',
          'points.x -> prediction.in',
          'encoder.out -> prediction.in',
          'prediction.out -> energy.a',
          'points.y -> energy.b',
        ],
      },
      columns: { x: [1, 2, 3, 4], y: [2, 4, 6, 8] },
      weights: { 'encoder.weight': [0.5], 'encoder.bias': [0] },
    });
    // (x + y/2 − y)², with the y of the next row: (1 − 2)², (2 − 3)², (3 − 4)², (4 − 1)².
    expect(found).toEqual({
      contrasts: ['shuffled'],
      data: [0, 0, 0, 0],
      other: [1, 1, 1, 9],
      mismatched: null,
    });
  });

  it('blends samples for an autoencoder, and encodes the blends', async () => {
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          encoder: ['module.linear', { width: 1 }],
          decoder: ['module.linear', { width: 2 }],
          energy: SUM,
        },
        edges: [
          'points.y -> encoder.in',
          'encoder.out -> decoder.in',
          'decoder.out -> energy.a',
          'points.y -> energy.b',
        ],
      },
      columns: { y: [0, 0, 2, 0, 0, 2, 2, 2] },
      weights: {
        'encoder.weight': [1, 0],
        'encoder.bias': [0],
        'decoder.weight': [1, 1],
        'decoder.bias': [0, 0],
      },
    });
    // (p, q) is taken for (p, p): E = (q − p)². About the mean (1, 1) neighbours blend to (1, 1 ∓ √2) and (1, 1).
    expect(found).toEqual({
      contrasts: ['blended'],
      data: [0, 4, 4, 0],
      other: [2, 0, 2, 0],
      mismatched: [4, 4, 8, 8],
    });
  });

  it('is 0 on and off the data for a code that copies', async () => {
    const identity = [1, 0, 0, 1];
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          copy: ['module.linear', { width: 2, bias: false }],
          energy: SUM,
        },
        edges: ['points.y -> copy.in', 'copy.out -> energy.a', 'points.y -> energy.b'],
      },
      columns: { y: [0, 0, 2, 0, 0, 2, 2, 2] },
      weights: { 'copy.weight': identity },
    });
    expect(found.other).toEqual([0, 0, 0, 0]);
    expect(found.mismatched).toEqual([4, 8, 4, 8]);
  });

  it('replaces y alone where an energy takes both its values at one port', async () => {
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          copy: ['module.linear', { width: 2, bias: false }],
          energy: ['energy.scalar', { widths: [] }],
        },
        edges: ['points.y -> copy.in', 'copy.out -> energy.in', 'points.y -> energy.in'],
      },
      columns: { y: [0, 0, 2, 0, 0, 2, 2, 2] },
      weights: {
        'copy.weight': [1, 0, 0, 1],
        'energy.0.weight': [1, 10, 100, 1000],
        'energy.0.bias': [0],
      },
    });
    expect(found).toMatchObject({
      contrasts: ['blended'],
      data: [0, 202, 2020, 2222],
      mismatched: [200, 2002, 2220, 22],
    });
  });

  it('blends what an energy judges alone, which has no prediction to be replaced against', async () => {
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          energy: ['energy.scalar', { widths: [] }],
        },
        edges: ['points.y -> energy.in'],
      },
      columns: { y: [0, 0, 2, 0, 0, 2, 2, 2] },
      weights: { 'energy.0.weight': [1, 10], 'energy.0.bias': [0] },
    });
    // p + 10q. About the mean (1, 1) neighbours blend to (1, 1 − √2), (1, 1), (1, 1 + √2) and (1, 1).
    const root = Math.SQRT2;
    expect(found).toEqual({
      contrasts: ['blended'],
      data: [0, 2, 20, 22],
      other: [11 - 10 * root, 11, 11 + 10 * root, 11].map((e) => Number(e.toFixed(6))),
      mismatched: null,
    });
  });

  it('takes each unit from another sample', async () => {
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          energy: ['energy.hopfield', {}],
        },
        edges: ['points.y -> energy.y'],
      },
      columns: { y: [1, 1, -1, -1, 1, 1, -1, -1] },
      weights: { 'energy.weight': [0, 1, 1, 0] },
    });
    // −yᵀWy/2 = −y₁y₂: the next row's y₁ and the one after's y₂ differ.
    expect(found).toEqual({
      contrasts: ['recombined'],
      data: [-1, -1, -1, -1],
      other: [1, 1, 1, 1],
      mismatched: null,
    });
  });

  it('shows a view of another sample to the branch of y', async () => {
    const branch = ['module.linear', { width: 2, bias: false }] as const;
    const still = ['view.noise', { strength: 0 }] as const;
    const found = await evaluate({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          viewA: still,
          viewB: still,
          a: branch,
          b: branch,
          energy: SUM,
        },
        edges: [
          ...['points.y -> viewA.in', 'viewA.out -> a.in', 'a.out -> energy.a'],
          ...['points.y -> viewB.in', 'viewB.out -> b.in', 'b.out -> energy.b'],
        ],
      },
      columns: { y: [0, 0, 1, 0, 0, 2, 3, 0] },
      weights: { 'a.weight': [1, 0, 0, 1], 'b.weight': [1, 0, 0, 1] },
    });
    // Squared distances of each point from the next.
    expect(found).toMatchObject({ data: [0, 0, 0, 0], other: [1, 5, 13, 9] });
  });

  it('keeps the earlier frames and takes the later ones of the next sequence', async () => {
    const rows = 2;
    const length = 3;
    const pixels = 16;
    const frames = Array.from(
      { length: rows * length * pixels },
      (_, index) => ((index * 7) % 11) / 10,
    );
    const found = await evaluate({
      sketch: {
        nodes: {
          dots: ['data.movingDots', { length, size: 4, sequences: 10 }],
          flat: 'op.flatten',
          now: ['op.slice', { axis: 'time', end: -1 }],
          next: ['op.slice', { axis: 'time', start: 1 }],
          f: ['module.linear', { width: pixels, bias: false }],
          energy: SUM,
        },
        edges: [
          ...['dots.frames -> flat.in', 'flat.out -> now.in', 'flat.out -> next.in'],
          ...['now.out -> f.in', 'f.out -> energy.a', 'next.out -> energy.b'],
        ],
      },
      columns: { frames },
      // Half of each pixel.
      weights: {
        'f.weight': Array.from({ length: pixels ** 2 }, (_, index) =>
          index % (pixels + 1) === 0 ? 0.5 : 0,
        ),
      },
    });
    const at = (row: number, step: number, pixel: number): number =>
      frames[((row % rows) * length + step) * pixels + pixel] ?? NaN;
    const energy = (x: number, y: number): number => {
      let total = 0;
      for (let step = 0; step + 1 < length; step++) {
        for (let pixel = 0; pixel < pixels; pixel++) {
          total += (0.5 * at(x, step, pixel) - at(y, step + 1, pixel)) ** 2;
        }
      }
      return Number((total / (length - 1)).toFixed(5));
    };
    const round = (values: number[] | null) => values?.map((value) => Number(value.toFixed(5)));
    expect(found.contrasts).toEqual(['shuffled']);
    expect(round(found.data)).toEqual([energy(0, 0), energy(1, 1)]);
    expect(round(found.other)).toEqual([energy(0, 1), energy(1, 2)]);
  });
});

describe('energies over a sequence', () => {
  /** Moves of two paths, (0, 0), (1, 0), (1, 2) and (0, 0), (3, 0), (3, 0), predicted by a module that changes nothing. */
  const paths = (
    x: readonly [string, Readonly<Record<string, number>>],
    y: readonly [string, Readonly<Record<string, number>>],
  ): Setting => ({
    sketch: {
      nodes: {
        dots: ['data.movingDots', { length: 3, size: 4, sequences: 10 }],
        x: [...x],
        y: [...y],
        f: ['module.linear', { width: 2, bias: false }],
        energy: SUM,
      },
      edges: [
        ...['dots.position -> x.in', 'dots.position -> y.in', 'x.out -> f.in'],
        ...['f.out -> energy.a', 'y.out -> energy.b'],
      ],
    },
    columns: { position: [0, 0, 1, 0, 1, 2, 0, 0, 3, 0, 3, 0] },
    weights: { 'f.weight': [1, 0, 0, 1] },
  });

  it('are known by step, of true pairs and of others', async () => {
    const setting = paths(['op.slice', { end: -1 }], ['op.slice', { start: 1 }]);
    // Squared lengths of the moves: 1 and 4, 9 and 0. To where the other path goes: 9 and 4, 1 and 8.
    expect(await evaluateSteps(setting)).toEqual([
      [5, 2],
      [5, 6],
    ]);
    expect((await evaluate(setting)).data).toEqual([2.5, 4.5]);
  });

  it('have no steps where they compare single ones', async () => {
    const setting = paths(['op.frame', { step: 0 }], ['op.frame', { step: -1 }]);
    expect(await evaluateSteps(setting)).toEqual([null, null]);
  });
});
