import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';

const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Small documents with averages of weights. */
export const averageDocuments = {
  /** One direction of BYOL (Grill et al. 2020) on digits: an encoder and a projector, each with its average. */
  byol: (() => {
    const encoder = ['module.mlp', { widths: [64], width: 32, normalisation: 'batch' }] as const;
    const projector = ['module.mlp', { widths: [32], width: 16, normalisation: 'batch' }] as const;
    return sketchDocument({
      nodes: {
        digits: 'data.digits',
        viewA: ['view.noise', { strength: 0.2 }],
        viewB: ['view.noise', { strength: 0.2 }],
        online: encoder,
        target: encoder,
        projector,
        targetProjector: projector,
        predictor: projector,
        average: ['weights.ema', { tau: 0.99, schedule: 'cosine' }],
        projectorAverage: ['weights.ema', { tau: 0.9, schedule: 'linear' }],
        energy: 'energy.cosine',
      },
      edges: [
        ...['digits.x -> viewA.in', 'viewA.out -> online.in', 'online.out -> projector.in'],
        ...['digits.x -> viewB.in', 'viewB.out -> target.in', 'target.out -> targetProjector.in'],
        ...['online.weights -> average.weights', 'average.weights -> target.weights'],
        'projector.weights -> projectorAverage.weights',
        'projectorAverage.weights -> targetProjector.weights',
        ...['projector.out -> predictor.in', 'predictor.out -> energy.a'],
        'targetProjector.out -> energy.b',
      ],
      training: { batchSize: 128, learningRate: 0.002, steps: 200, optimizer: ADAM },
    });
  })(),
  /** An average of an average, a module tied to one that uses an average, and a module beside them. */
  chain: (() => {
    const module = ['module.mlp', { widths: [6], width: 4 }] as const;
    return sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola' }],
        slow: module,
        tied: module,
        near: module,
        other: ['module.linear', { width: 1 }],
        online: module,
        slower: ['weights.ema', { tau: 0.5 }],
        average: ['weights.ema', { tau: 0.8 }],
        tie: 'weights.tie',
        ofNear: 'energy.squared',
        ofSlow: 'energy.squared',
        ofTied: 'energy.squared',
        ofOther: 'energy.squared',
      },
      edges: [
        ...['slow', 'tied', 'near', 'other', 'online'].map((id) => `points.x -> ${id}.in`),
        ...['online.weights -> average.weights', 'average.weights -> near.weights'],
        ...['average.weights -> slower.weights', 'slower.weights -> slow.weights'],
        ...['near.weights -> tie.weights', 'tie.weights -> tied.weights'],
        ...['online.out -> ofNear.a', 'near.out -> ofNear.b', 'online.out -> ofSlow.a'],
        ...['slow.out -> ofSlow.b', 'online.out -> ofTied.a', 'tied.out -> ofTied.b'],
        ...['other.out -> ofOther.a', 'points.y -> ofOther.b'],
      ],
      training: { batchSize: 16, learningRate: 0.01, optimizer: ADAM },
    });
  })(),
};

/**
 * A document for comparing engines: without Adam, which would make a step of the rounding error in a gradient that is
 * zero, as that of a bias before a normalisation is.
 */
export function withoutAdam(document: BasinDocument, batchSize: number): BasinDocument {
  const optimizer = { kind: 'sgd', momentum: 0.9 } as const;
  const training = { ...document.training, optimizer, learningRate: 0.05, batchSize };
  return { ...document, training };
}
