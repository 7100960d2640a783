import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { EnergyField } from '../../probing/energyField';
import { analyse } from '../analysis/analyse';
import { stateName } from '../names';
import { sketchDocument } from '../testing/testGraphs';
import { compileEnergyAt, type EnergyAtProgram } from './compileEnergyAt';

type Sketch = Parameters<typeof sketchDocument>[0];

const port = (key: string) => {
  const [nodeId = '', name = ''] = key.split('.');
  return { nodeId, port: name };
};

function compile(
  sketch: Sketch,
  given: readonly string[],
  { slopes = [], read = [], rows = 3 }: { slopes?: string[]; read?: string[]; rows?: number } = {},
): EnergyAtProgram {
  const compiled = compileEnergyAt(analyse(sketchDocument(sketch), registry), {
    given: given.map(port),
    slopes: slopes.map(port),
    read: read.map(port),
    rows,
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.value;
}

type Numbers = Readonly<Record<string, readonly number[]>>;

/** F on the float64 engine. `weights`: `module.weight` → values. */
async function field(compiled: EnergyAtProgram, weights: Numbers, held: Numbers = {}) {
  const made = await EnergyField.create(compiled, createReferenceEngine());
  made.setModel(
    new Map(
      Object.entries(weights).map(([name, values]) => {
        const { nodeId, port: weight } = port(name);
        return [stateName(nodeId, weight), Float64Array.from(values)];
      }),
    ),
  );
  made.hold(keyed(held));
  return (points: Numbers) => made.at(keyed(points));
}

function keyed(values: Numbers): Map<`${string}.${string}`, readonly number[]> {
  return new Map(Object.entries(values) as [`${string}.${string}`, readonly number[]][]);
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[], digits = 5): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, index) => expect(found[index]).toBeCloseTo(value, digits));
}

const SUM = ['energy.squared', { reduce: 'sum', weight: 2.5 }] as const;

/** λ(w x + b − y)². */
const LINE: Sketch = {
  nodes: {
    points: ['data.points', { shape: 'parabola', count: 20 }],
    line: ['module.linear', { width: 1 }],
    energy: SUM,
  },
  edges: ['points.x -> line.in', 'line.out -> energy.a', 'points.y -> energy.b'],
};

/** min over z of ‖W z + b − y‖² + 0.4 z². */
const DECODER: Sketch = {
  nodes: {
    points: ['data.points', { shape: 'moons', count: 20 }],
    z: ['latent.continuous', { d: 1, evaluationSteps: 60, rate: 0.1 }],
    decoder: ['module.linear', { width: 2 }],
    energy: ['energy.squared', { reduce: 'sum' }],
    bound: ['reg.l2', { weight: 0.4 }],
  },
  edges: [
    ...['z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b'],
    'z.z -> bound.z',
  ],
};
const W = [0.8, -1.1] as const;
const B = [0.3, 0.2] as const;
const DECODER_WEIGHTS = { 'decoder.weight': W, 'decoder.bias': B };
const PLANE = [
  [0, 0],
  [1.5, -0.5],
  [-2, 3],
  [0.25, 0.75],
] as const;

/** ẑ = ⟨W, r⟩/(‖W‖² + λ) with r = y − b, where the derivative by z is 0. */
function bestLatent([y1, y2]: readonly [number, number]): number {
  const inner = W[0] * (y1 - B[0]) + W[1] * (y2 - B[1]);
  return inner / (W[0] ** 2 + W[1] ** 2 + 0.4);
}

function residual([y1, y2]: readonly [number, number], z: number): [number, number] {
  return [W[0] * z + B[0] - y1, W[1] * z + B[1] - y2];
}

describe('F at given points', () => {
  it('is the energy of the given y with x of one sample, times its weight', async () => {
    const compiled = compile(LINE, ['points.y'], { slopes: ['points.y'], rows: 2 });
    expect(compiled.held.map(({ key }) => key)).toEqual(['points.x']);
    expect(compiled.program.data).toEqual([]);
    const weights = { 'line.weight': [0.5], 'line.bias': [1] };
    const at = await field(compiled, weights, { 'points.x': [3] });
    // Five points in runs of two.
    const y = [-1, 0, 2.5, 4, 7];
    const { energy, slope } = await at({ 'points.y': y });
    expectClose(
      energy,
      y.map((value) => 2.5 * (2.5 - value) ** 2),
    );
    expectClose(
      slope(port('points.y')),
      y.map((value) => -5 * (2.5 - value)),
    );
  });

  it('takes several given ports row by row', async () => {
    const compiled = compile(LINE, ['points.x', 'points.y']);
    expect(compiled.held).toEqual([]);
    const at = await field(compiled, { 'line.weight': [2], 'line.bias': [0] });
    const { energy } = await at({ 'points.x': [0, 1, 2, 3], 'points.y': [1, 1, 1, 1] });
    expectClose(energy, [2.5, 2.5, 22.5, 62.5]);
  });

  it('minimises over a latent anew for each point, with the penalty on it', async () => {
    const compiled = compile(DECODER, ['points.y'], { slopes: ['points.y'], read: ['z.z'] });
    const at = await field(compiled, DECODER_WEIGHTS);
    const { energy, slope, value } = await at({ 'points.y': PLANE.flat() });
    const found = PLANE.map(bestLatent);
    expectClose(value(port('z.z')), found, 4);
    expectClose(
      energy,
      PLANE.map((y, index) => {
        const z = found[index] ?? NaN;
        const [a, b] = residual(y, z);
        return a ** 2 + b ** 2 + 0.4 * z ** 2;
      }),
    );
    // Envelope theorem: ∂F/∂y is ∂E/∂y at the z that was found.
    expectClose(
      slope(port('points.y')),
      PLANE.flatMap((y, index) => residual(y, found[index] ?? NaN).map((part) => -2 * part)),
      4,
    );
  });

  it('marginalises over a latent where the graph says so, in as many runs as the memory wants', async () => {
    const beta = 1.5;
    const latent = [
      'latent.continuous',
      { d: 1, mode: 'marginalize', beta, grid: 400, extent: 8 },
    ] as const;
    const sketch = { ...DECODER, nodes: { ...DECODER.nodes, z: latent } };
    const compiled = compile(sketch, ['points.y'], { slopes: ['points.y'], rows: 4096 });
    expect(compiled.rows).toBe(Math.floor(2 ** 17 / 400));
    const at = await field(
      compile(sketch, ['points.y'], { slopes: ['points.y'] }),
      DECODER_WEIGHTS,
    );
    const { energy, slope } = await at({ 'points.y': PLANE.flat() });
    // −(1/β) log ∫ e^(−βE) dz of E = E(ẑ) + c (z − ẑ)²: the least energy, and the width of the bell.
    const c = W[0] ** 2 + W[1] ** 2 + 0.4;
    const width = -Math.log(Math.sqrt(Math.PI / (beta * c))) / beta;
    const found = PLANE.map(bestLatent);
    expectClose(
      energy,
      PLANE.map((y, index) => {
        const z = found[index] ?? NaN;
        const [a, b] = residual(y, z);
        return a ** 2 + b ** 2 + 0.4 * z ** 2 + width;
      }),
      3,
    );
    // The expectation of ∂E/∂y is that at the mean of z, which is ẑ.
    expectClose(
      slope(port('points.y')),
      PLANE.flatMap((y, index) => residual(y, found[index] ?? NaN).map((part) => -2 * part)),
      3,
    );
  });

  it('looks at all codes of a discrete latent', async () => {
    const discrete = ['latent.discrete', { k: 2 }] as const;
    const at = await field(
      compile({ ...DECODER, nodes: { ...DECODER.nodes, z: discrete } }, ['points.y']),
      { 'decoder.weight': [1, 2, -1, 0.5], 'decoder.bias': [0, 0] },
    );
    const { energy } = await at({ 'points.y': PLANE.flat() });
    // The decoder's two points, each with a penalty of 0.4.
    expectClose(
      energy,
      PLANE.map(
        ([y1, y2]) =>
          Math.min((1 - y1) ** 2 + (2 - y2) ** 2, (-1 - y1) ** 2 + (0.5 - y2) ** 2) + 0.4,
      ),
    );
  });

  it('takes the same noise for all points', async () => {
    const noisy = ['latent.continuous', { d: 1, mode: 'langevin', init: 'prior' }] as const;
    const sketch = { ...DECODER, nodes: { ...DECODER.nodes, z: noisy } };
    const at = await field(compile(sketch, ['points.y'], { read: ['z.z'] }), DECODER_WEIGHTS);
    const { energy, value } = await at({ 'points.y': [1, 0.5, -2, 0, 1, 0.5] });
    const z = value(port('z.z'));
    expect(energy[2]).toBe(energy[0]);
    expect(z[2]).toBe(z[0]);
    expect(z[1]).not.toBe(z[0]);
    // It is a draw, and no minimum.
    expect(Math.abs((z[0] ?? NaN) - bestLatent([1, 0.5]))).toBeGreaterThan(1e-3);
  });

  it('is E(y, z) for a given z, which is not inferred then', async () => {
    const compiled = compile(DECODER, ['z.z'], { slopes: ['z.z'] });
    expect(compiled.program.phases.filter(({ kind }) => kind === 'repeat')).toEqual([]);
    const at = await field(compiled, DECODER_WEIGHTS, { 'points.y': [1.5, -0.5] });
    const z = [-1, 0, 0.7, 2];
    const { energy, slope } = await at({ 'z.z': z });
    const residuals = z.map((value) => residual([1.5, -0.5], value));
    expectClose(
      energy,
      residuals.map(([a, b], index) => a ** 2 + b ** 2 + 0.4 * (z[index] ?? NaN) ** 2),
    );
    expectClose(
      slope(port('z.z')),
      residuals.map(([a, b], index) => 2 * (W[0] * a + W[1] * b) + 0.8 * (z[index] ?? NaN)),
    );
  });

  it('leaves out energies that do not depend on what is given, and the inference that only they need', async () => {
    const compiled = compile(
      {
        nodes: {
          ...LINE.nodes,
          other: ['data.points', { shape: 'moons', count: 20 }],
          z: ['latent.continuous', { d: 2 }],
          apart: ['energy.squared', { reduce: 'sum', weight: 100 }],
        },
        edges: [...(LINE.edges ?? []), 'z.z -> apart.a', 'other.y -> apart.b'],
      },
      ['points.y'],
    );
    expect(compiled.held.map(({ key }) => key)).toEqual(['points.x']);
    expect(compiled.program.phases.filter(({ kind }) => kind === 'repeat')).toEqual([]);
    const weights = { 'line.weight': [0], 'line.bias': [0] };
    const at = await field(compiled, weights, { 'points.x': [1] });
    expectClose((await at({ 'points.y': [1, 2] })).energy, [2.5, 10]);
  });

  it('draws random numbers once, for all points alike', async () => {
    const compiled = compile(
      {
        ...DECODER,
        nodes: { ...DECODER.nodes, z: ['latent.continuous', { d: 1, mode: 'prior' }] },
      },
      ['points.y'],
      { read: ['decoder.out'] },
    );
    const at = await field(compiled, DECODER_WEIGHTS);
    const { energy, value } = await at({ 'points.y': PLANE.flat() });
    const out = value(port('decoder.out'));
    const [first = NaN, second = NaN] = out;
    expect(Math.abs(first - B[0])).toBeGreaterThan(0.01);
    expectClose(
      out,
      PLANE.flatMap(() => [first, second]),
    );
    // The penalty on a z that is drawn is the same at all points: it is left out.
    expectClose(
      energy,
      PLANE.map(([y1, y2]) => (first - y1) ** 2 + (second - y2) ** 2),
    );
  });

  it('takes a value in the middle of a graph, without what it was made from', async () => {
    const compiled = compile(LINE, ['line.out']);
    expect(compiled.held.map(({ key }) => key)).toEqual(['points.y']);
    expect(compiled.program.state.map(({ name }) => name)).not.toContain('line.weight');
    const at = await field(compiled, {}, { 'points.y': [2] });
    expectClose((await at({ 'line.out': [0, 1, 5] })).energy, [10, 2.5, 22.5]);
  });

  it('does not look for a latent that a given value has taken the place of', async () => {
    const compiled = compile(DECODER, ['decoder.out']);
    expect(compiled.program.phases.filter(({ kind }) => kind === 'repeat')).toEqual([]);
    const at = await field(compiled, {}, { 'points.y': [1, 1] });
    expectClose((await at({ 'decoder.out': [0, 0, 1, 3] })).energy, [2, 4]);
  });

  it('is the energy that a loss functional contrasts, without the functional', async () => {
    const compiled = compile(
      {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 20 }],
          f: ['module.linear', { width: 2 }],
          energy: SUM,
          noise: 'negative.noise',
          loss: 'loss.hinge',
        },
        edges: [
          ...['points.y -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
          ...[
            'points.y -> noise.y',
            'energy.energy -> loss.energy',
            'noise.negative -> loss.negative',
          ],
        ],
      },
      ['points.y'],
    );
    expect(compiled.held).toEqual([]);
    const at = await field(compiled, { 'f.weight': [0, 0, 0, 0], 'f.bias': [1, 2] });
    expectClose((await at({ 'points.y': [1, 2, 0, 0] })).energy, [0, 12.5]);
  });

  it('says so where no energy depends on what is given', () => {
    const analysis = analyse(sketchDocument(LINE), registry);
    const result = compileEnergyAt(analysis, { given: [], rows: 1 });
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'points.mismatch' }] });
  });
});
