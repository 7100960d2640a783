import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';

/** Small documents on images, for tests of convolutions and attention: one for each way of training them. */
export function imageDocuments(
  data: 'data.digits' | 'data.mnist',
): Readonly<Record<string, BasinDocument>> {
  const side = data === 'data.digits' ? 8 : 28;
  const decoder = [
    'module.deconv',
    { outputShape: [side, side, 1], channels: [8, 4], outputActivation: 'sigmoid' },
  ] as const;
  const training = { batchSize: 32, learningRate: 0.01 };
  const reconstruction = ['images.x -> error.a', 'decoder.out -> error.b'];
  return {
    'a convolutional autoencoder': sketchDocument({
      nodes: {
        images: data,
        encoder: ['module.conv', { channels: [4, 8], width: 12, activation: 'tanh' }],
        decoder,
        error: 'energy.squared',
      },
      edges: ['images.x -> encoder.in', 'encoder.out -> decoder.in', ...reconstruction],
      training,
    }),
    'VICReg with convolutions, pooling and batch norm': sketchDocument({
      nodes: {
        images: data,
        viewA: ['view.noise', { strength: 0.2 }],
        viewB: ['view.noise', { strength: 0.2 }],
        features: ['module.conv', { channels: [6], stride: 1, kernel: 5, padding: 'valid', normalisation: 'batch', head: 'none', outputActivation: 'relu' }], // prettier-ignore
        pool: ['op.pool', { over: 'space', reduce: 'max' }],
        encoder: ['module.conv', { channels: [12], normalisation: 'batch', head: 'pool', width: 16 }], // prettier-ignore
        tiedFeatures: ['module.conv', { channels: [6], stride: 1, kernel: 5, padding: 'valid', normalisation: 'batch', head: 'none', outputActivation: 'relu' }], // prettier-ignore
        tiedPool: ['op.pool', { over: 'space', reduce: 'max' }],
        tiedEncoder: ['module.conv', { channels: [12], normalisation: 'batch', head: 'pool', width: 16 }], // prettier-ignore
        invariance: ['energy.squared', { weight: 25 }],
        information: 'reg.vicreg',
      },
      edges: [
        ...['images.x -> viewA.in', 'viewA.out -> features.in', 'features.out -> pool.in'],
        ...['pool.out -> encoder.in', 'images.x -> viewB.in', 'viewB.out -> tiedFeatures.in'],
        ...['tiedFeatures.out -> tiedPool.in', 'tiedPool.out -> tiedEncoder.in'],
        ...['features.weights -> tiedFeatures.weights', 'encoder.weights -> tiedEncoder.weights'],
        ...['encoder.out -> invariance.a', 'tiedEncoder.out -> invariance.b'],
        ...['encoder.out -> information.z', 'tiedEncoder.out -> information.z'],
      ],
      training,
    }),
    'a transformer autoencoder': sketchDocument({
      nodes: {
        images: data,
        encoder: ['module.transformer', { patch: side === 8 ? 2 : 7, width: 24, depth: 1, heads: 3 }], // prettier-ignore
        decoder,
        error: 'energy.squared',
      },
      edges: ['images.x -> encoder.in', 'encoder.out -> decoder.in', ...reconstruction],
      training,
    }),
  };
}
