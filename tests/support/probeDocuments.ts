import { sketchDocument } from '../../src/compiler/testing/testGraphs';

const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Small documents with probes. */
export const probeDocuments = {
  /** Labels read off an encoder with batch normalisation, behind a view. */
  labels: sketchDocument({
    nodes: {
      digits: 'data.digits',
      noise: ['view.noise', { strength: 0.2 }],
      encoder: ['module.mlp', { widths: [16], width: 8, normalisation: 'batch' }],
      decoder: ['module.mlp', { widths: [16], outputShape: [8, 8, 1] }],
      energy: 'energy.squared',
      linear: 'probe.linear',
      knn: 'probe.knn',
    },
    edges: [
      ...['digits.x -> noise.in', 'noise.out -> encoder.in', 'encoder.out -> decoder.in'],
      ...['decoder.out -> energy.a', 'digits.x -> energy.b'],
      ...['encoder.out -> linear.in', 'encoder.out -> knn.in'],
    ],
    training: { batchSize: 24, optimizer: ADAM },
  }),
  /** Positions read off every step of a sequence. */
  positions: sketchDocument({
    nodes: {
      dots: ['data.movingDots', { sequences: 40, length: 3, size: 6 }],
      encoder: ['module.mlp', { widths: [8], width: 4 }],
      decoder: ['module.mlp', { widths: [8], outputShape: [6, 6, 1] }],
      energy: 'energy.squared',
      linear: 'probe.linear',
      histogram: 'probe.histogram',
    },
    edges: [
      ...['dots.frames -> encoder.in', 'encoder.out -> decoder.in', 'decoder.out -> energy.a'],
      ...['dots.frames -> energy.b', 'encoder.out -> linear.in', 'dots.position -> linear.target'],
      'encoder.out -> histogram.in',
    ],
    training: { batchSize: 16, optimizer: ADAM },
  }),
};
