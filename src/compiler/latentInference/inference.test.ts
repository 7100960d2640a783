import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import type { BasinDocument } from '../../document/schema';
import type { HostArrays } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Builder } from '../../ir/builder';
import { analyse } from '../analysis/analyse';
import { gradients } from '../autodiff/gradients';
import { compileEvaluation } from '../programs/compileEvaluation';
import { OUTPUT } from '../programs/compiled';
import { trainingOptions } from '../lowering/lower';
import { ProgramContext, weightState } from '../lowering/programContext';
import { finishProgram } from '../programs/finishProgram';
import { loadData } from '../programs/loadData';
import { lowerObjective } from '../programs/objectiveValues';
import { sketchDocument } from '../testing/testGraphs';

const noAsset = () => Promise.reject(new Error('no asset is needed'));

interface Penalties {
  readonly l1?: number;
  readonly l2?: number;
}

/** y ∈ R² is explained by w·z + b with one latent: F has a closed form. */
function latentLine({ l1, l2 }: Penalties, steps = 40): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'moons', count: 50 }],
      z: ['latent.continuous', { d: 1, steps, evaluationSteps: steps, rate: 0.3 }],
      decoder: ['module.linear', { width: 2 }],
      energy: ['energy.squared', { reduce: 'sum' }],
      // The shrinking term first: their joint proximal step is no matter of order.
      ...(l2 === undefined ? {} : { ridge: ['reg.l2', { weight: l2 }] as const }),
      ...(l1 === undefined ? {} : { lasso: ['reg.l1', { weight: l1 }] as const }),
    },
    edges: [
      'z.z -> decoder.in',
      'decoder.out -> energy.a',
      'points.y -> energy.b',
      ...(l2 === undefined ? [] : ['z.z -> ridge.z']),
      ...(l1 === undefined ? [] : ['z.z -> lasso.z']),
    ],
    training: { batchSize: 8 },
  });
}

async function evaluate(document: BasinDocument, tenfold = false) {
  const compiled = compileEvaluation(analyse(document, registry), { tenfold });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program, data, batch, variables } = compiled.value;
  const loaded = await loadData(data, { seed: document.training.seed, asset: noAsset });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
  await executable.run(1);
  const [points] = [...loaded.value.arrays.values()];
  const { names, values } = await executable.drainMetrics();
  const outputs = await executable.readOutputs();
  return {
    arrays: loaded.value.arrays,
    metrics: new Map(names.map((name, index) => [name, values[index]])),
    outputs,
    variables,
    energies: defined(outputs.get(OUTPUT.energy('energy')), 'energies'),
    state: await executable.readState(),
    points: defined(points, 'points'),
    batch,
  };
}

function stateOf(state: HostArrays, ending: string): readonly number[] {
  const [found] = [...state].filter(([name]) => name.endsWith(ending));
  return Array.from(defined(found, ending)[1]);
}

describe('inference by minimisation', () => {
  it.each<Penalties>([
    {},
    { l1: 0.3 },
    { l2: 0.3 },
    { l1: 0.3, l2: 0.7 },
    // Strong terms: a plain gradient step of them would diverge at this rate.
    { l2: 1e4 },
    { l1: 1e4 },
  ])('reaches the closed form of min_z ‖y − (wz + b)‖² with %o', async (penalties) => {
    const { energies, state, points, batch } = await evaluate(latentLine(penalties));
    const { l1 = 0, l2 = 0 } = penalties;
    const [w0 = 0, w1 = 0] = stateOf(state, 'weight');
    const [b0 = 0, b1 = 0] = stateOf(state, 'bias');
    expect(batch).toBe(10);
    for (let row = 0; row < batch; row++) {
      const r0 = (points[2 * row] ?? NaN) - b0;
      const r1 = (points[2 * row + 1] ?? NaN) - b1;
      const projection = w0 * r0 + w1 * r1;
      const size = Math.max(Math.abs(projection) - l1 / 2, 0);
      const z = (Math.sign(projection) * size) / (w0 ** 2 + w1 ** 2 + l2);
      expect(energies[row]).toBeCloseTo((r0 - w0 * z) ** 2 + (r1 - w1 * z) ** 2, 6);
    }
  });

  it('says how far from a minimum it has ended: gradient norm, and energy after ten times the steps', async () => {
    const distance = async (document: BasinDocument) => {
      const { outputs, metrics } = await evaluate(document, true);
      const mean = (name: string): number => {
        const values = Array.from(defined(outputs.get(name), name));
        return values.reduce((sum, value) => sum + value / values.length, 0);
      };
      return {
        loss: metrics.get('loss') ?? NaN,
        energy: mean(OUTPUT.inferredEnergy('z')),
        slope: mean(OUTPUT.inferredSlope('z')),
        tenfold: mean(OUTPUT.tenfoldEnergy('z')),
      };
    };
    // Where z is 0 because of the L1 term, the plain gradient is not.
    for (const penalties of [{}, { l2: 0.3 }, { l1: 0.3, l2: 0.7 }, { l1: 1e4 }]) {
      const { loss, energy, slope, tenfold } = await distance(latentLine(penalties));
      expect(slope).toBeLessThan(1e-6);
      expect(energy).toBeCloseTo(loss, 6);
      expect(tenfold).toBeCloseTo(energy, 6);
    }
    const early = await distance(latentLine({ l2: 0.3 }, 1));
    expect(early.slope).toBeGreaterThan(0.05);
    expect(early.tenfold).toBeLessThan(early.energy - 1e-3);
  });

  it('says how the energy falls: from the closed form of its start, as fewer steps leave it, to what is found', async () => {
    const after = async (steps: number) => {
      const { outputs, variables, ...rest } = await evaluate(latentLine({ l2: 0.3 }, steps));
      const counts = defined(variables[0], 'variable').steps;
      const energies = counts.slice(0, -1).map((count) => {
        const name = OUTPUT.partlyInferredEnergy('z', count);
        return Array.from(defined(outputs.get(name), name));
      });
      const found = Array.from(defined(outputs.get(OUTPUT.inferredEnergy('z')), 'found'));
      return { ...rest, counts, energies: [...energies, found] };
    };
    const { counts, energies, state, points, batch } = await after(6);
    expect(counts).toEqual([0, 2, 3, 6]);
    const [b0 = 0, b1 = 0] = stateOf(state, 'bias');
    for (let row = 0; row < batch; row++) {
      // At z = 0.
      const start = ((points[2 * row] ?? NaN) - b0) ** 2 + ((points[2 * row + 1] ?? NaN) - b1) ** 2;
      expect(energies[0]?.[row]).toBeCloseTo(start, 6);
      for (const part of [1, 2, 3]) {
        const [before = NaN, now = NaN] = [energies[part - 1]?.[row], energies[part]?.[row]];
        expect(now).toBeLessThanOrEqual(before);
      }
    }
    // What some of the steps come to is what a node with so many has in the end.
    for (const part of [1, 2]) {
      const fewer = (await after(defined(counts[part], 'steps'))).energies.at(-1) ?? [];
      expect(energies[part]).toEqual(fewer);
    }
    expect((await after(1)).counts).toEqual([0, 1]);
    expect((await after(0)).counts).toEqual([]);
  });

  it('takes the weight of a term on a sequence over its steps, as its energy is an average', async () => {
    const lambda = 0.4;
    const document = sketchDocument({
      nodes: {
        dots: ['data.movingDots', { sequences: 20, length: 4, size: 8 }],
        z: ['latent.continuous', { d: 1, length: 4, evaluationSteps: 60 }],
        decoder: ['module.linear', { width: 2 }],
        energy: ['energy.squared', { reduce: 'sum' }],
        bound: ['reg.l1', { weight: lambda }],
      },
      edges: [
        'z.z -> decoder.in',
        'decoder.out -> energy.a',
        'dots.position -> energy.b',
        'z.z -> bound.z',
      ],
    });
    const { energies, state, arrays, batch } = await evaluate(document);
    const positions = defined(arrays.get([...arrays.keys()].find((name) => name.endsWith('position')) ?? ''), 'positions'); // prettier-ignore
    const [w0 = 0, w1 = 0] = stateOf(state, 'weight');
    const [b0 = 0, b1 = 0] = stateOf(state, 'bias');
    for (let row = 0; row < batch; row++) {
      let mean = 0;
      for (let time = 0; time < 4; time++) {
        const r0 = (positions[2 * (4 * row + time)] ?? NaN) - b0;
        const r1 = (positions[2 * (4 * row + time) + 1] ?? NaN) - b1;
        const projection = w0 * r0 + w1 * r1;
        const size = Math.max(Math.abs(projection) - lambda / 2, 0);
        const z = (Math.sign(projection) * size) / (w0 ** 2 + w1 ** 2);
        mean += ((r0 - w0 * z) ** 2 + (r1 - w1 * z) ** 2) / 4;
      }
      expect(energies[row]).toBeCloseTo(mean, 5);
    }
  });

  it('finds variables that share an energy together', async () => {
    const document = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'moons', count: 50 }],
        first: ['latent.continuous', { d: 1, evaluationSteps: 300 }],
        // Its own rate: a scale, not a promise.
        second: ['latent.continuous', { d: 1, evaluationSteps: 1, rate: 5 }],
        both: 'op.concat',
        decoder: ['module.linear', { width: 2 }],
        energy: ['energy.squared', { reduce: 'sum' }],
      },
      edges: [
        'first.z -> both.in',
        'second.z -> both.in',
        'both.out -> decoder.in',
        'decoder.out -> energy.a',
        'points.y -> energy.b',
      ],
    });
    const { energies } = await evaluate(document);
    for (const energy of energies) expect(energy).toBeLessThan(1e-6);
  });

  it('never gives a higher F with more steps, whatever the rate and the weight of R(z)', async () => {
    const free = async (steps: number, rate: number, weight: number): Promise<number[]> => {
      const document = sketchDocument({
        nodes: {
          points: ['data.points', { shape: 'spiral', count: 100 }],
          z: ['latent.continuous', { d: 3, evaluationSteps: steps, rate }],
          // Not convex in z, with kinks.
          decoder: ['module.mlp', { role: 'decoder', widths: [16], outputShape: [2] }],
          energy: ['energy.squared', { reduce: 'sum', weight: 20 }],
          bound: ['reg.l2', { weight }],
        },
        edges: [
          'z.z -> decoder.in',
          'decoder.out -> energy.a',
          'points.y -> energy.b',
          'z.z -> bound.z',
        ],
      });
      const { metrics } = await evaluate(document);
      return [defined(metrics.get('loss'), 'loss')];
    };
    for (const rate of [1e-3, 100]) {
      for (const weight of [0, 0.3, 50]) {
        const losses: number[] = [];
        for (const steps of [0, 1, 2, 5, 20, 200]) {
          losses.push(...(await free(steps, rate, weight)));
        }
        losses.slice(1).forEach((loss, index) => {
          expect(loss).toBeLessThanOrEqual(defined(losses[index], 'loss') * (1 + 1e-12));
        });
        const [start = NaN, end = NaN] = [losses[0], losses.at(-1)];
        expect(end).toBeLessThan(weight > 10 ? start : 0.8 * start);
        // Bounded, it has arrived: far sooner than the steps are used up.
        if (weight > 0) expect(losses.at(-2)).toBeLessThan(1.02 * end);
      }
    }
  });

  it('gives ∂E/∂w at the minimiser as the gradient of F (envelope theorem)', async () => {
    const document = latentLine({ l1: 0.3 });
    const analysis = analyse(document, registry);
    const context = new ProgramContext(new Builder(), analysis);
    const { loss } = lowerObjective(context, trainingOptions(analysis));
    const weight = weightState(analysis, 'decoder', 'weight');
    const [slope] = gradients(context.builder, loss, [context.stateArray(weight)]);
    const program = finishProgram(context, {
      updates: new Map(),
      metrics: new Map([['loss', loss]]),
      outputs: new Map([['slope', defined(slope, 'slope')]]),
    });
    const loaded = await loadData(context.requests, { seed: 1, asset: noAsset });
    if (!loaded.ok) throw new Error('data');
    const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
    const start = Float64Array.from(stateOf(await executable.readState(), 'weight'));
    const lossAt = async (values: Float64Array): Promise<number> => {
      executable.writeState(new Map([[weight.name, values]]), 0);
      await executable.run(1);
      return defined((await executable.drainMetrics()).values[0], 'loss');
    };
    await lossAt(start);
    const analytic = defined((await executable.readOutputs()).get('slope'), 'slope');
    for (let index = 0; index < start.length; index++) {
      const shifted = (by: number) => start.map((v, i) => (i === index ? v + by : v));
      const numeric = ((await lossAt(shifted(1e-4))) - (await lossAt(shifted(-1e-4)))) / 2e-4;
      expect(Math.abs(numeric)).toBeGreaterThan(1e-3);
      expect(analytic[index]).toBeCloseTo(numeric, 5);
    }
  });

  it('costs the same for a loop of 5 and of 500: what does not depend on z is hoisted', () => {
    const phases = [5, 500].map((steps) => {
      const document = sketchDocument({
        nodes: {
          digits: 'data.digits',
          encoder: ['module.mlp', { role: 'encoder' }],
          z: ['latent.continuous', { d: 4, steps }],
          predictor: ['module.mlp', { role: 'decoder', outputShape: [8, 8, 1] }],
          energy: 'energy.squared',
        },
        edges: [
          'digits.x -> encoder.in',
          'encoder.out -> predictor.in',
          'z.z -> predictor.in',
          'predictor.out -> energy.a',
          'digits.x -> energy.b',
        ],
      });
      const analysis = analyse(document, registry);
      const context = new ProgramContext(new Builder(), analysis);
      lowerObjective(context, trainingOptions(analysis));
      return context.builder.takePhases();
    });
    const bodies = phases.map((list) => list.filter(({ kind }) => kind === 'repeat'));
    expect(bodies.map((list) => list.map(({ values }) => values.length))[0]).toEqual(
      bodies.map((list) => list.map(({ values }) => values.length))[1],
    );
    const inLoop = new Set(bodies[0]?.flatMap(({ values }) => values.map(({ origin }) => origin)));
    expect(inLoop.has('predictor')).toBe(true);
    expect(inLoop.has('encoder')).toBe(false);
  });
});
