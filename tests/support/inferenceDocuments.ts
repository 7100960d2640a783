import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';

type Nodes = Parameters<typeof sketchDocument>[0]['nodes'];

const training = { batchSize: 32, learningRate: 0.01 };
const POINTS = ['data.points', { shape: 'moons', count: 200 }] as const;

/** Points in the plane that a latent explains through an MLP. */
function explained(nodes: Nodes & { z: Nodes[string] }, edges: readonly string[] = []): BasinDocument {
  return sketchDocument({
    nodes: {
      points: POINTS,
      decoder: ['module.mlp', { widths: [12], width: 2, activation: 'tanh' }],
      energy: ['energy.squared', { reduce: 'sum' }],
      ...nodes,
    },
    edges: ['z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b', ...edges],
    training,
  });
} // prettier-ignore

/** An energy of points in the plane that a functional contrasts. */
function contrasted(nodes: Nodes, edges: readonly string[] = []): BasinDocument {
  return sketchDocument({
    nodes: { points: POINTS, ...nodes },
    edges: [
      ...['points.y -> sampler.y', 'energy.energy -> loss.energy'],
      ...['sampler.negative -> loss.negative', ...edges],
    ],
    training,
  });
}

const NETWORK = ['energy.scalar', { widths: [16, 16], activation: 'softplus' }] as const;

/** Small documents with every way to infer and to contrast, for tests that compare engines. */
export const INFERENCE_DOCUMENTS: Readonly<Record<string, BasinDocument>> = {
  'a latent from where it ended, with an L1 term': explained(
    {
      z: ['latent.continuous', { d: 3, steps: 6, init: 'last' }],
      sparse: ['reg.l1', { weight: 0.05 }],
    },
    ['z.z -> sparse.z'],
  ),
  'unrolled inference': explained(
    {
      z: ['latent.continuous', { d: 1, steps: 4, unroll: true, init: 'guess' }],
      encoder: ['module.linear', { width: 1 }],
    },
    ['points.y -> encoder.in', 'encoder.out -> z.guess'],
  ),
  'codes that are looked at': explained({ z: ['latent.discrete', { k: 6 }] }),
  'codes that are summed over': explained({
    z: ['latent.discrete', { k: 3, form: 'binary', mode: 'marginalize', beta: 3 }],
  }),
  'a grid that is searched': explained({
    z: ['latent.continuous', { d: 1, mode: 'exhaustive', grid: 16, refine: 4 }],
  }),
  'a grid that is integrated over': explained({
    z: ['latent.continuous', { d: 2, mode: 'marginalize', beta: 2, grid: 9 }],
  }),
  'an integral over draws': explained({
    z: ['latent.continuous', { d: 4, mode: 'marginalize', samples: 24 }],
  }),
  'latents drawn by Langevin steps': explained(
    { z: ['latent.continuous', { d: 2, mode: 'langevin', steps: 8, beta: 5 }], bound: 'reg.l2' },
    ['z.z -> bound.z'],
  ),
  'an amortised latent': explained(
    {
      z: ['latent.continuous', { d: 2, mode: 'amortized' }],
      encoder: ['module.mlp', { widths: [12], width: 4 }],
    },
    ['points.y -> encoder.in', 'encoder.out -> z.guess'],
  ),
  'the most offending of a pool, with codes found anew': contrasted(
    {
      z: ['latent.discrete', { k: 4 }],
      centres: ['module.table', { width: 2, deviation: 1 }],
      energy: 'energy.squared',
      sampler: ['negative.hardest', { pool: 4 }],
      loss: 'loss.hinge',
    },
    ['z.z -> centres.in', 'centres.out -> energy.a', 'points.y -> energy.b'],
  ),
  'Langevin samples from a buffer': contrasted(
    {
      energy: NETWORK,
      sampler: ['negative.langevin', { steps: 10, rate: 0.05, buffer: 128 }],
      loss: ['loss.squareSquare', { margin: 2 }],
    },
    ['points.y -> energy.in'],
  ),
  'denoising score matching': contrasted(
    { energy: NETWORK, sampler: 'negative.noise', loss: 'loss.scoreMatching' },
    ['points.y -> energy.in'],
  ),
  'two players': contrasted(
    {
      z: ['latent.continuous', { d: 2, mode: 'prior' }],
      generator: ['module.mlp', { widths: [12], width: 2 }],
      energy: NETWORK,
      sampler: 'negative.generator',
      loss: ['loss.adversarial', { form: 'wasserstein', generatorRate: 0.5 }],
    },
    ['z.z -> generator.in', 'generator.out -> sampler.sample', 'points.y -> energy.in'],
  ),
  'a restricted Boltzmann machine with persistent chains': sketchDocument({
    nodes: {
      patterns: ['data.patterns', { source: 'bars', size: 3, values: '0/1' }],
      energy: ['energy.rbm', { units: 6 }],
      sampler: ['negative.gibbs', { k: 3, start: 'chains' }],
      loss: ['loss.nll', { alpha: 0.1 }],
    },
    edges: [
      ...['patterns.y -> energy.y', 'patterns.y -> sampler.y', 'energy.energy -> loss.energy'],
      'sampler.negative -> loss.negative',
    ],
    training,
  }),
};
