import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';

const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const projector = ['module.mlp', { widths: [64], width: 64, normalisation: 'batch' }] as const;
const encoder = ['module.mlp', { widths: [128], width: 32, normalisation: 'batch' }] as const;

/** Two noisy views of a digit through one encoder and one projector, with what compares or guards the projections. */
function twoViews(
  nodes: Parameters<typeof sketchDocument>[0]['nodes'],
  edges: readonly string[],
): BasinDocument {
  return sketchDocument({
    nodes: {
      digits: 'data.digits',
      gainA: ['view.gain', { strength: 0.2 }],
      noiseA: ['view.noise', { strength: 0.2 }],
      gainB: ['view.gain', { strength: 0.2 }],
      noiseB: ['view.noise', { strength: 0.2 }],
      encoderA: encoder,
      encoderB: encoder,
      projectorA: projector,
      projectorB: projector,
      ...nodes,
    },
    edges: [
      'digits.x -> gainA.in',
      'gainA.out -> noiseA.in',
      'noiseA.out -> encoderA.in',
      'digits.x -> gainB.in',
      'gainB.out -> noiseB.in',
      'noiseB.out -> encoderB.in',
      'encoderA.weights -> encoderB.weights',
      'encoderA.out -> projectorA.in',
      'encoderB.out -> projectorB.in',
      'projectorA.weights -> projectorB.weights',
      ...edges,
    ],
    training: { batchSize: 256, learningRate: 0.001, optimizer: ADAM },
  });
}

/** Edges from both projections to the ports of a node. */
function compare(node: string, a: string, b: string): string[] {
  return [`projectorA.out -> ${node}.${a}`, `projectorB.out -> ${node}.${b}`];
}

/** Graphs that no template has, on digits. */
export const SKETCHES = {
  infonce: twoViews({ infonce: 'loss.infoNCE' }, compare('infonce', 'a', 'b')),
  barlowAndDistance: twoViews({ barlow: 'reg.barlow', distance: 'energy.squared' }, [
    ...compare('barlow', 'a', 'b'),
    ...compare('distance', 'a', 'b'),
  ]),
  uniformity: twoViews({ uniformity: 'reg.uniformity', cosine: ['energy.cosine', { weight: 2 }] }, [
    ...compare('uniformity', 'z', 'z'),
    ...compare('cosine', 'a', 'b'),
  ]),
  uniformityAndDistance: twoViews({ uniformity: 'reg.uniformity', distance: 'energy.squared' }, [
    ...compare('uniformity', 'z', 'z'),
    ...compare('distance', 'a', 'b'),
  ]),
  autoencoder: sketchDocument({
    nodes: {
      digits: 'data.digits',
      encoder: ['module.mlp', { widths: [128], width: 8 }],
      decoder: [
        'module.mlp',
        { role: 'decoder', widths: [128], outputShape: [8, 8, 1], outputActivation: 'sigmoid' },
      ],
      reconstruction: ['energy.squared', { reduce: 'sum' }],
    },
    edges: [
      'digits.x -> encoder.in',
      'encoder.out -> decoder.in',
      'decoder.out -> reconstruction.a',
      'digits.x -> reconstruction.b',
    ],
    training: { batchSize: 128, learningRate: 0.002, optimizer: ADAM },
  }),
} satisfies Record<string, BasinDocument>;

export type SketchName = keyof typeof SKETCHES;
