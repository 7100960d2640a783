import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import type { BasinDocument } from '../../src/document/schema';
import { broughtImages, broughtTable } from './ownData';

/**
 * Small graphs of the kinds that no template has, so that each kind is run as PyTorch. Parameters are other than the defaults where a
 * kind has several forms.
 */
export async function kindGraphs(): Promise<ReadonlyMap<string, BasinDocument>> {
  return new Map([
    ['images', images()],
    ['sequences', sequences()],
    ['classes', classes()],
    ['hardest', contrast(['loss.squareSquare', { margin: 2 }])],
    ['logistic', contrast(['loss.logistic', { weight: 0.5 }])],
    // The pool is as large as the batch allows: at other sizes this is another program. Two rows are held out.
    ['few-rows', contrast('loss.logistic', { count: 10, batchSize: 3, pool: 8 })],
    ['drawing', autoencoder('data.draw', { what: 'points' }, 'y', 2)],
    ['own-images', autoencoder('data.images', { own: await broughtImages() }, 'x', 16)],
    ['own-table', table(await broughtTable())],
  ]);
}

/** Views of a picture through convolutions, held apart by single regularizers. */
function images(): BasinDocument {
  return sketchDocument({
    nodes: {
      digits: 'data.digits',
      crop: ['view.crop', { smallest: 0.5 }],
      cutout: ['view.cutout', { size: 2 }],
      a: ['module.conv', { channels: [4, 6], head: 'pool', width: 8 }],
      b: ['module.conv', { channels: [4, 6], head: 'pool', width: 8 }],
      tied: 'weights.tie',
      smooth: ['energy.smoothL1', { beta: 0.5 }],
      absolute: ['energy.l1', { weight: 0.1 }],
      variance: ['reg.variance', { target: 0.7 }],
      covariance: ['reg.covariance', { weight: 0.2 }],
      uniformity: ['reg.uniformity', { weight: 0.1 }],
    },
    edges: [
      ...['digits.x -> crop.in', 'digits.x -> cutout.in', 'crop.out -> a.in', 'cutout.out -> b.in'],
      ...['a.weights -> tied.weights', 'tied.weights -> b.weights'],
      ...['a.out -> smooth.a', 'b.out -> smooth.b', 'a.out -> absolute.a', 'b.out -> absolute.b'],
      ...['a.out -> variance.z', 'b.out -> variance.z', 'a.out -> covariance.z'],
      ...['b.out -> uniformity.z'],
    ],
    training: { batchSize: 8 },
  });
}

/** The last frame from those before it. */
function sequences(): BasinDocument {
  return sketchDocument({
    nodes: {
      dots: ['data.movingDots', { length: 5, size: 6, sequences: 40 }],
      window: ['op.window', { size: 2, stride: 1 }],
      flat: ['op.flatten', { time: 'keep' }],
      state: ['module.gru', { width: 7, output: 'last' }],
      last: ['op.frame', { step: -1 }],
      seen: 'op.flatten',
      guess: ['module.linear', { width: 36 }],
      error: 'energy.squared',
    },
    edges: [
      ...['dots.frames -> window.in', 'window.out -> flat.in', 'flat.out -> state.in'],
      ...['state.out -> guess.in', 'dots.frames -> last.in', 'last.out -> seen.in'],
      ...['guess.out -> error.a', 'seen.out -> error.b'],
    ],
    training: { batchSize: 8 },
  });
}

/** A distribution over classes from two inputs, and a code that is kept near the standard normal one. */
function classes(): BasinDocument {
  return sketchDocument({
    nodes: {
      rooms: ['data.twoRooms', { sequences: 40, length: 3 }],
      first: ['op.frame', { step: 0 }],
      flat: 'op.flatten',
      mean: ['module.linear', { width: 4 }],
      spread: ['module.linear', { width: 4 }],
      both: 'op.concat',
      sum: 'op.add',
      logits: ['module.linear', { width: 4 }],
      target: ['module.mlp', { width: 4, widths: [5], outputActivation: 'sigmoid' }],
      entropy: 'energy.crossEntropy',
      kl: ['reg.kl', { weight: 0.1 }],
    },
    edges: [
      ...['rooms.states -> first.in', 'first.out -> flat.in'],
      ...['flat.out -> mean.in', 'flat.out -> spread.in', 'mean.out -> both.in'],
      ...['spread.out -> both.in', 'mean.out -> sum.in', 'spread.out -> sum.in'],
      ...['both.out -> logits.in', 'sum.out -> target.in', 'logits.out -> entropy.logits'],
      ...['target.out -> entropy.target', 'mean.out -> kl.mean', 'spread.out -> kl.logVariance'],
    ],
    training: { batchSize: 8 },
  });
}

/** A bilinear energy against the hardest of other pairs. */
function contrast(
  loss: string | readonly [string, Readonly<Record<string, number>>],
  { count, batchSize, pool } = { count: 60, batchSize: 8, pool: 4 },
): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola', count }],
      a: ['module.linear', { width: 3 }],
      b: ['module.linear', { width: 3 }],
      energy: 'energy.bilinear',
      negative: ['negative.hardest', { pool }],
      loss,
    },
    edges: [
      ...['points.x -> a.in', 'points.y -> b.in', 'a.out -> energy.a', 'b.out -> energy.b'],
      ...['points.y -> negative.y', 'energy.energy -> loss.energy'],
      ...['negative.negative -> loss.negative'],
    ],
    training: { batchSize },
  });
}

/** A line through rows of numbers. */
function autoencoder(
  kind: string,
  params: Readonly<Record<string, unknown>>,
  port: string,
  width: number,
): BasinDocument {
  return sketchDocument({
    nodes: {
      rows: [kind, params],
      flat: 'op.flatten',
      code: ['module.linear', { width: 1 }],
      back: ['module.linear', { width }],
      error: 'energy.squared',
    },
    edges: [
      ...[`rows.${port} -> flat.in`, 'flat.out -> code.in', 'code.out -> back.in'],
      ...['back.out -> error.a', 'flat.out -> error.b'],
    ],
    training: { batchSize: 8 },
  });
}

/** One column from two others, where a gap is the mean. */
function table(own: unknown): BasinDocument {
  return sketchDocument({
    nodes: {
      mine: ['data.table', { own, missing: 'mean' }],
      guess: ['module.mlp', { width: 1, widths: [6] }],
      error: 'energy.squared',
    },
    edges: ['mine.x -> guess.in', 'guess.out -> error.a', 'mine.y -> error.b'],
    training: { batchSize: 8 },
  });
}
