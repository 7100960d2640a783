import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { analyse } from '../../../src/compiler/analysis/analyse';
import { compileEvaluation } from '../../../src/compiler/programs/compileEvaluation';
import { loadData } from '../../../src/compiler/programs/loadData';
import { sketchDocument } from '../../../src/compiler/testing/testGraphs';
import { defined } from '../../../src/core/invariant';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { parameterMeta } from '../../../src/graph/parameterMeta';
import { createRegistry } from '../../../src/graph/registry';
import { nodeDefinitions } from '../../index';
import { CONTINUOUS_INFERENCE } from '../../shared/inference/index';
import { continuousLatent } from './definition';

/** A mode that nobody ships: every number of z is one and the same, the best of a few for the sample. */
const pickOne: InferenceStrategy = {
  mode: 'pickOne',
  summary: 'take the best of a few values',
  parameters: {
    reach: z.number().default(2).meta({ label: 'Reach' }),
  },
  start: () => 'zero',
  boundsLatent: true,
  search: {
    tex: (names) => `\\operatorname{best}_{${names}}`,
    text: (names) => `best ${names} of`,
    seeksMinimum: false,
    looksAtCodes: false,
    steps: null,
    find: ({ builder, variables: [variable], energyAt }) => {
      const { start, params } = defined(variable, 'variable');
      const candidates = [-1, 0, 1].map((sign) =>
        builder.constant(sign * Number(params['reach']), start.shape),
      );
      let best = defined(candidates[0], 'candidate');
      let least = energyAt([best]).total;
      for (const candidate of candidates.slice(1)) {
        const { total } = energyAt([candidate]);
        const better = builder.compare('lt', total, least);
        best = builder.select(builder.broadcast(better, start.shape, [0]), candidate, best);
        least = builder.min(total, least);
      }
      return { form: 'point', values: [best] };
    },
  },
};

const table = [...CONTINUOUS_INFERENCE, pickOne];
const latent = continuousLatent(table);
const registry = createRegistry(
  nodeDefinitions.map((definition) => (definition.kind === latent.kind ? latent : definition)),
);

const document = sketchDocument({
  nodes: {
    points: ['data.points', { shape: 'moons', count: 50 }],
    z: ['latent.continuous', { d: 2, mode: 'pickOne', reach: 0.5 }],
    shift: ['module.linear', { width: 2 }],
    energy: ['energy.squared', { reduce: 'sum' }],
  },
  edges: ['z.z -> shift.in', 'shift.out -> energy.a', 'points.y -> energy.b'],
  training: { batchSize: 8 },
});

describe('an inference mode added to the table', () => {
  it('is a choice of the node, with its parameter shown while it is chosen', () => {
    expect(latent.params.parse({ mode: 'pickOne' })).toMatchObject({ reach: 2 });
    expect(
      parameterMeta(defined(latent.params.shape['reach'], 'reach') as z.ZodType),
    ).toMatchObject({
      label: 'Reach',
      when: { mode: ['pickOne'] },
    });
    expect(
      parameterMeta(defined(latent.params.shape['mode'], 'mode') as z.ZodType).description,
    ).toBe(
      [
        'Find the z of least energy for each sample',
        'look at a grid and descend from its point of least energy',
        'sum over all values, each as likely as its energy makes it',
        'draw z by noisy gradient steps',
        'draw z from the Gaussian that an encoder gives',
        'draw z from its prior',
        'take the best of a few values.',
      ].join(', or '),
    );
  });

  it('writes the objective in its own words, and tells the lint that it bounds the latent', () => {
    const { formula, diagnostics } = analyse(document, registry);
    expect(formula.text).toBe('L = mean(best z of (energy))');
    expect(formula.tex).toContain('\\operatorname{best}_{\\text{z}}');
    expect(diagnostics.map(({ code }) => code)).not.toContain('lint.latent-collapse');
  });

  it('finds z in a program', async () => {
    const analysis = analyse(document, registry);
    const compiled = compileEvaluation(analysis);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    const { program, data } = compiled.value;
    const asset = () => Promise.reject(new Error('no asset is needed'));
    const loaded = await loadData(data, { seed: 1, asset });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
    await executable.run(1);
    const state = [...(await executable.readState())];
    const stateOf = (name: string) =>
      defined(
        state.find(([key]) => key.endsWith(name)),
        name,
      )[1];
    const weight = stateOf('weight');
    const bias = stateOf('bias');
    const points = defined([...loaded.value.arrays.values()][0], 'points');
    const { names, values } = await executable.drainMetrics();
    const rows = points.length / 2;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const energies = [-0.5, 0, 0.5].map((reach) =>
        [0, 1].reduce((sum, axis) => {
          const slope = (weight[axis] ?? NaN) + (weight[2 + axis] ?? NaN);
          const made = reach * slope + (bias[axis] ?? NaN);
          return sum + (made - (points[2 * row + axis] ?? NaN)) ** 2;
        }, 0),
      );
      total += Math.min(...energies) / rows;
    }
    expect(values[names.indexOf('loss')]).toBeCloseTo(total, 6);
  });

  it('does not share an energy with another mode', () => {
    const mixed = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'moons', count: 50 }],
        found: ['latent.continuous', { d: 1 }],
        picked: ['latent.continuous', { d: 1, mode: 'pickOne' }],
        both: 'op.concat',
        decoder: ['module.linear', { width: 2 }],
        energy: 'energy.squared',
      },
      edges: [
        'found.z -> both.in',
        'picked.z -> both.in',
        'both.out -> decoder.in',
        'decoder.out -> energy.a',
        'points.y -> energy.b',
      ],
    });
    expect(analyse(mixed, registry).diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'free.mixed-inference',
        severity: 'error',
        nodeId: 'picked',
        message:
          '“picked” and “found” share an energy, but are to be found in different ways: pickOne and minimize.',
      }),
    );
  });
});
