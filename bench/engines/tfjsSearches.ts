import * as tf from '@tensorflow/tfjs-core';
import { FOUND, SEARCH, VICREG, type ModelOf, type SearchingModel } from '../workloads/workload';
import { covariance, linear, varianceHinge, type Lookup } from './tfjsLayers';

/** What a step finds before its gradient is taken, and the losses of the models that look it up as `FOUND`. */
export interface Search {
  find(get: Lookup): tf.Tensor2D;
  /** Takes back what was found, when the step is done. */
  keep(found: tf.Tensor2D): void;
  dispose(): void;
}

/** How a model searches: as many gradients of its energy as Basin takes, by TensorFlow.js' own differentiation. */
export function tfjsSearch(model: SearchingModel): Search {
  switch (model.kind) {
    case 'jepa':
      return withoutMemory((get) => findLatent(model, get));
    case 'langevin':
      return langevinChains(model);
    case 'sparseCoding':
      return withoutMemory((get) => findCode(model, get));
  }
}

function withoutMemory(find: (get: Lookup) => tf.Tensor2D): Search {
  return {
    find: (get) => tf.tidy(() => find(get)),
    keep: (found) => found.dispose(),
    dispose: () => undefined,
  };
}

/** `next` so many times from `start`, each time without what the last one left behind. */
function repeat(
  count: number,
  start: tf.Tensor2D,
  next: (at: tf.Tensor2D, index: number) => tf.Tensor2D,
): tf.Tensor2D {
  let at = start;
  for (let index = 0; index < count; index++) {
    const before = at;
    at = tf.tidy(() => next(before, index));
    before.dispose();
  }
  return at;
}

function network(x: tf.Tensor2D, name: string, get: Lookup): tf.Tensor2D {
  return linear(linear(x, `${name}/layer0`, get, 'relu'), `${name}/layer1`, get);
}

/** λ·mean (p − s_y)² of each sample, added up. */
function predictionError(
  source: tf.Tensor2D,
  z: tf.Tensor2D,
  target: tf.Tensor2D,
  get: Lookup,
): tf.Scalar {
  const predicted = network(tf.concat([source, z], 1), 'predictor', get);
  const width = target.shape[1];
  return tf.mul(tf.sum(tf.squaredDifference(predicted, target)), SEARCH.jepa.error / width);
}

/** Proximal steps z ← (z − η∂E/∂z)/(1 + 2ηλ) from zero. Basin also evaluates the energy where it starts. */
function findLatent({ batch, latent, steps }: ModelOf<'jepa'>, get: Lookup): tf.Tensor2D {
  const source = network(get('x'), 'encoderX', get);
  const target = network(get('y'), 'encoderY', get);
  const slope = tf.grad((z) => predictionError(source, z as tf.Tensor2D, target, get));
  return repeat(steps + 1, tf.zeros([batch, latent]), (z) =>
    tf.div(
      tf.sub(z, tf.mul(slope(z), SEARCH.jepa.rate)),
      1 + 2 * SEARCH.jepa.rate * SEARCH.jepa.bound,
    ),
  );
}

export function jepaLoss(get: Lookup): tf.Scalar {
  const z = get(FOUND);
  const [batch] = z.shape;
  const source = network(get('x'), 'encoderX', get);
  const target = network(get('y'), 'encoderY', get);
  const error = tf.div(predictionError(source, z, target, get), batch);
  const bound = tf.mul(tf.sum(tf.square(z)), SEARCH.jepa.bound / batch);
  const hinges = tf.add(varianceHinge(source), varianceHinge(target));
  const covariances = tf.add(covariance(source), covariance(target));
  return tf.addN<tf.Tensor>([
    error,
    bound,
    tf.mul(hinges, VICREG.variance / 2),
    tf.mul(covariances, VICREG.covariance),
  ]) as tf.Scalar;
}

/** F of each point, `[B, 1]`. */
function energyOf(points: tf.Tensor2D, { widths }: ModelOf<'langevin'>, get: Lookup): tf.Tensor2D {
  let x = points;
  const layers = widths.length - 1;
  for (let layer = 0; layer < layers; layer++) {
    x = linear(x, `energy/layer${layer}`, get);
    if (layer < layers - 1) x = tf.mul(x, tf.sigmoid(x));
  }
  return x;
}

/** Blocks of a batch that take turns; the numbers of a step come from TensorFlow.js' generator, in one array. */
function langevinChains(model: ModelOf<'langevin'>): Search {
  const { batch, widths, steps, buffer } = model;
  const { rate, restart, low, high } = SEARCH.langevin;
  const shape: [number, number] = [batch, widths[0] ?? 1];
  const anywhere = (): tf.Tensor2D => tf.randomUniform(shape, low, high);
  const blocks = Array.from({ length: buffer / batch }, anywhere);
  let turn = 0;
  return {
    find: (get) =>
      tf.tidy(() => {
        const slope = tf.grad((at) => tf.sum(energyOf(at as tf.Tensor2D, model, get)));
        const restarts = tf.less(tf.randomUniform([batch, 1]), restart);
        const kept = blocks[turn] ?? anywhere();
        const start = tf.where(restarts, anywhere(), kept);
        const noise = tf.unstack(tf.randomNormal([steps, ...shape], 0, Math.sqrt(2 * rate)));
        return repeat(steps, tf.clipByValue(start, low, high), (at, index) =>
          tf.addN([at, tf.mul(slope(at), -rate), noise[index] as tf.Tensor2D]),
        );
      }),
    keep: (found) => {
      blocks[turn]?.dispose();
      blocks[turn] = found;
      turn = (turn + 1) % blocks.length;
    },
    dispose: () => blocks.forEach((block) => block.dispose()),
  };
}

/** mean F − mean F̂ + α mean (F² + F̂²). */
export function likelihoodLoss(model: ModelOf<'langevin'>, get: Lookup): tf.Scalar {
  const observed = energyOf(get('y'), model, get);
  const sampled = energyOf(get(FOUND), model, get);
  const squares = tf.add(tf.square(observed), tf.square(sampled));
  return tf.add(
    tf.mean(tf.sub(observed, sampled)),
    tf.mul(tf.mean(squares), SEARCH.langevin.alpha),
  );
}

/** Rows divided by their length where that is over 1. */
function dictionary(get: Lookup): tf.Tensor2D {
  const rows = get('table/w');
  const lengths = tf.sqrt(tf.sum(tf.square(rows), 1, true));
  return tf.div(rows, tf.maximum(lengths, 1));
}

/** ISTA: z ← sign(u)·max(|u| − ηλ, 0) with u = z − η∂‖y − zW‖²/∂z, from zero. */
function findCode({ batch, atoms, steps }: ModelOf<'sparseCoding'>, get: Lookup): tf.Tensor2D {
  const { rate, penalty } = SEARCH.sparseCoding;
  const atomsNow = dictionary(get);
  const target = get('y');
  const slope = tf.grad((z) => {
    const made = tf.matMul(z, atomsNow);
    return tf.sum(tf.squaredDifference(made, target));
  });
  return repeat(steps + 1, tf.zeros([batch, atoms]), (z) => {
    const moved = tf.sub(z, tf.mul(slope(z), rate));
    const least = rate * penalty;
    return tf.sub(tf.relu(tf.sub(moved, least)), tf.relu(tf.sub(tf.neg(moved), least)));
  });
}

export function sparseCodingLoss(get: Lookup): tf.Scalar {
  const z = get(FOUND);
  const [batch] = z.shape;
  const error = tf.sum(tf.squaredDifference(tf.matMul(z, dictionary(get)), get('y')));
  const sparsity = tf.mul(tf.sum(tf.abs(z)), SEARCH.sparseCoding.penalty);
  return tf.div(tf.add(error, sparsity), batch);
}
