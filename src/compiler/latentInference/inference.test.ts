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

/** y ∈ R² is explained by w·z + b with one latent: F has a closed form. */
function latentLine(lambda: number | null): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'moons', count: 50 }],
      z: ['latent.continuous', { d: 1, steps: 400, evaluationSteps: 400, rate: 0.3 }],
      decoder: ['module.linear', { width: 2 }],
      energy: ['energy.squared', { reduce: 'sum' }],
      ...(lambda === null ? {} : { bound: ['reg.l1', { weight: lambda }] as const }),
    },
    edges: [
      'z.z -> decoder.in',
      'decoder.out -> energy.a',
      'points.y -> energy.b',
      ...(lambda === null ? [] : ['z.z -> bound.z']),
    ],
    training: { batchSize: 8 },
  });
}

async function evaluate(document: BasinDocument) {
  const compiled = compileEvaluation(analyse(document, registry));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program, data, batch } = compiled.value;
  const loaded = await loadData(data, { seed: document.training.seed, asset: noAsset });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
  await executable.run(1);
  const [points] = [...loaded.value.arrays.values()];
  return {
    energies: defined((await executable.readOutputs()).get(OUTPUT.energy('energy')), 'energies'),
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
  for (const lambda of [null, 0.3]) {
    it(`reaches the closed form of min_z ‖y − (wz + b)‖²${lambda ? ' + λ|z|' : ''}`, async () => {
      const { energies, state, points, batch } = await evaluate(latentLine(lambda));
      const [w0 = 0, w1 = 0] = stateOf(state, 'weight');
      const [b0 = 0, b1 = 0] = stateOf(state, 'bias');
      expect(batch).toBe(10);
      for (let row = 0; row < batch; row++) {
        const r0 = (points[2 * row] ?? NaN) - b0;
        const r1 = (points[2 * row + 1] ?? NaN) - b1;
        const projection = w0 * r0 + w1 * r1;
        const size = Math.max(Math.abs(projection) - (lambda ?? 0) / 2, 0);
        const z = (Math.sign(projection) * size) / (w0 ** 2 + w1 ** 2);
        expect(energies[row]).toBeCloseTo((r0 - w0 * z) ** 2 + (r1 - w1 * z) ** 2, 6);
      }
    });
  }

  it('gives ∂E/∂w at the minimiser as the gradient of F (envelope theorem)', async () => {
    const document = latentLine(0.3);
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
