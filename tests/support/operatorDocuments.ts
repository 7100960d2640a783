import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';

const training = { batchSize: 48, learningRate: 0.003 };

/** Both augmented views of a digit through one encoder; what compares them is added. */
function twoViews(
  nodes: Parameters<typeof sketchDocument>[0]['nodes'],
  edges: readonly string[],
): BasinDocument {
  const encoder = ['module.mlp', { widths: [32], width: 12, activation: 'tanh' }] as const;
  return sketchDocument({
    nodes: {
      digits: 'data.digits',
      crop: 'view.crop',
      cutout: 'view.cutout',
      a: encoder,
      b: encoder,
      ...nodes,
    },
    edges: [
      'digits.x -> crop.in',
      'digits.x -> cutout.in',
      'crop.out -> a.in',
      'cutout.out -> b.in',
      'a.weights -> b.weights',
      ...edges,
    ],
    training,
  });
}

/** Small documents on digits with views, operators and terms that no template has, for tests that compare engines. */
export const OPERATOR_DOCUMENTS: Readonly<Record<string, BasinDocument>> = {
  'a masked autoencoder with a dictionary': sketchDocument({
    nodes: {
      digits: 'data.digits',
      flat: 'op.reshape',
      image: ['op.reshape', { shape: [8, 8, 1] }],
      mask: ['view.mask', { unit: 'patch', patch: 2, ratio: 0.5 }],
      encoder: ['module.mlp', { widths: [32], width: 16, outputActivation: 'relu' }],
      atoms: ['module.table', { outputShape: [8, 8, 1], normalise: true, deviation: 0.3 }],
      error: 'energy.squared',
    },
    edges: [
      'digits.x -> flat.in',
      'flat.out -> image.in',
      'image.out -> mask.in',
      'mask.out -> encoder.in',
      'encoder.out -> atoms.in',
      'atoms.out -> error.a',
      'digits.x -> error.b',
      'mask.mask -> error.mask',
    ],
    training,
  }),
  'InfoNCE in both forms': twoViews(
    { one: 'loss.infoNCE', both: ['loss.infoNCE', { form: 'ntXent', temperature: 0.5 }] },
    ['a.out -> one.a', 'b.out -> one.b', 'a.out -> both.a', 'b.out -> both.b'],
  ),
  'Barlow Twins': twoViews({ barlow: 'reg.barlow' }, ['a.out -> barlow.a', 'b.out -> barlow.b']),
  'SIGReg and uniformity of standardised views': twoViews(
    {
      standardA: 'op.standardize',
      standardB: 'op.standardize',
      sigreg: 'reg.sigreg',
      uniformity: 'reg.uniformity',
      invariance: 'energy.squared',
    },
    [
      'a.out -> standardA.in',
      'b.out -> standardB.in',
      'a.out -> sigreg.z',
      'b.out -> sigreg.z',
      'standardA.out -> uniformity.z',
      'standardB.out -> uniformity.z',
      'standardA.out -> invariance.a',
      'standardB.out -> invariance.b',
    ],
  ),
  'a normalizing flow': sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'moons' }],
      flow: ['module.flow', { layers: 4, widths: [16] }],
      prior: ['reg.l2', { weight: 0.5 }],
    },
    edges: ['points.y -> flow.in', 'flow.out -> prior.z'],
    training,
  }),
};
