import { sketchDocument } from '../../src/compiler/testing/testGraphs';

const ADAMW = {
  kind: 'adamw',
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-6,
  weightDecay: 0.1,
} as const;

/** Small documents whose modules are trained in different steps, and at different rates. */
export const scheduleDocuments = {
  /** One level after the other, each with running statistics, and a module that follows the first. */
  levels: sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      level1: ['module.mlp', { widths: [6], width: 4, normalisation: 'batch', trainUntil: 4 }],
      level2: ['module.mlp', { widths: [6], width: 3, trainFrom: 4, rate: 0.5 }],
      always: ['module.linear', { width: 3, rate: 2 }],
      follower: ['module.mlp', { widths: [6], width: 4, normalisation: 'batch' }],
      average: ['weights.ema', { tau: 0.8 }],
      distance: 'energy.squared',
      target: 'energy.squared',
    },
    edges: [
      ...['points.x -> level1.in', 'level1.out -> level2.in', 'points.y -> always.in'],
      ...['level2.out -> distance.a', 'always.out -> distance.b'],
      ...['level1.weights -> average.weights', 'average.weights -> follower.weights'],
      ...['points.x -> follower.in', 'follower.out -> target.a', 'level1.out -> target.b'],
    ],
    training: { batchSize: 16, learningRate: 0.02, optimizer: ADAMW, clipNorm: 0.5, steps: 12 },
  }),
};
