import { grad, nn, numpy as np, random } from '@jax-js/jax';
import { FOUND, SEARCH, VICREG, type ModelOf, type SearchingModel } from '../workloads/workload';
import { covariance, linear, varianceHinge, type Lookup } from './jaxLayers';

/** Names of what a step of a sampler reads besides data and weights: a key of random numbers, and a batch of chains. */
export const KEY = 'key';
export const CHAINS = 'chains';

/** What a step finds before its gradient is taken: as many gradients of the energy as Basin takes, part of the same `jit`. */
export function jaxFound(model: SearchingModel, get: Lookup): np.Array {
  switch (model.kind) {
    case 'jepa':
      return findLatent(model, get);
    case 'langevin':
      return walk(model, get);
    case 'sparseCoding':
      return findCode(model, get);
  }
}

function network(x: np.Array, name: string, get: Lookup): np.Array {
  return linear(nn.relu(linear(x, `${name}/layer0`, get)), `${name}/layer1`, get);
}

/** λ·mean (p − s_y)² of each sample, added up. */
function predictionError(source: np.Array, z: np.Array, target: np.Array, get: Lookup): np.Array {
  const [, width = 1] = target.shape;
  const predicted = network(np.concatenate([source, z], 1), 'predictor', get);
  return np
    .square(predicted.sub(target))
    .sum()
    .mul(SEARCH.jepa.error / width);
}

/** Proximal steps z ← (z − η∂E/∂z)/(1 + 2ηλ) from zero. Basin also evaluates the energy where it starts. */
function findLatent({ batch, latent, steps }: ModelOf<'jepa'>, get: Lookup): np.Array {
  const source = network(get('x'), 'encoderX', get);
  const target = network(get('y'), 'encoderY', get);
  const slope = grad((z: np.Array) => predictionError(source.ref, z, target.ref, get));
  let z = np.zeros([batch, latent]);
  for (let step = 0; step <= steps; step++) {
    const down = slope(z.ref);
    z = z.sub(down.mul(SEARCH.jepa.rate)).mul(1 / (1 + 2 * SEARCH.jepa.rate * SEARCH.jepa.bound));
  }
  source.dispose();
  target.dispose();
  return z;
}

export function jepaLoss(get: Lookup): np.Array {
  const z = get(FOUND);
  const [batch = 1] = z.shape;
  const source = network(get('x'), 'encoderX', get);
  const target = network(get('y'), 'encoderY', get);
  const error = predictionError(source.ref, z.ref, target.ref, get).mul(1 / batch);
  const bound = np
    .square(z)
    .sum()
    .mul(SEARCH.jepa.bound / batch);
  const hinges = varianceHinge(source.ref).add(varianceHinge(target.ref));
  const covariances = covariance(source).add(covariance(target));
  return error
    .add(bound)
    .add(hinges.mul(VICREG.variance / 2))
    .add(covariances.mul(VICREG.covariance));
}

/** F of each point, `[B, 1]`. */
function energyOf(points: np.Array, { widths }: ModelOf<'langevin'>, get: Lookup): np.Array {
  let x = points;
  const layers = widths.length - 1;
  for (let layer = 0; layer < layers; layer++) {
    x = linear(x, `energy/layer${layer}`, get);
    if (layer < layers - 1) x = nn.silu(x);
  }
  return x;
}

/** Langevin steps from this step's chains, some of which start anew; random numbers from jax-js' generator. */
function walk(model: ModelOf<'langevin'>, get: Lookup): np.Array {
  const { batch, steps } = model;
  const { rate, restart, low, high } = SEARCH.langevin;
  const kept = get(CHAINS);
  const keys = random.split(get(KEY), 3);
  const restarts = np.less(random.uniform(keys.ref.slice(0), [batch, 1]), restart);
  const fresh = random.uniform(keys.ref.slice(1), [...kept.shape], { minval: low, maxval: high });
  const noise = random.normal(keys.slice(2), [steps, ...kept.shape]).mul(Math.sqrt(2 * rate));
  const slope = grad((at: np.Array) => energyOf(at, model, get).sum());
  let at = np.clip(np.where(restarts, fresh, kept), low, high);
  for (let step = 0; step < steps; step++) {
    const down = slope(at.ref);
    at = at.sub(down.mul(rate)).add(noise.ref.slice(step));
  }
  noise.dispose();
  return at;
}

/** mean F − mean F̂ + α mean (F² + F̂²). */
export function likelihoodLoss(model: ModelOf<'langevin'>, get: Lookup): np.Array {
  const observed = energyOf(get('y'), model, get);
  const sampled = energyOf(get(FOUND), model, get);
  const squares = np.square(observed.ref).add(np.square(sampled.ref));
  return observed.sub(sampled).mean().add(squares.mean().mul(SEARCH.langevin.alpha));
}

/** Rows divided by their length where that is over 1. */
function dictionary(get: Lookup): np.Array {
  const lengths = np.sqrt(np.square(get('table/w')).sum(1, { keepdims: true }));
  return get('table/w').div(np.maximum(lengths, 1));
}

/** ISTA: z ← sign(u)·max(|u| − ηλ, 0) with u = z − η∂‖y − zW‖²/∂z, from zero. */
function findCode({ batch, atoms, steps }: ModelOf<'sparseCoding'>, get: Lookup): np.Array {
  const { rate, penalty } = SEARCH.sparseCoding;
  const atomsNow = dictionary(get);
  const slope = grad((z: np.Array) => np.square(np.matmul(z, atomsNow.ref).sub(get('y'))).sum());
  let z = np.zeros([batch, atoms]);
  for (let step = 0; step <= steps; step++) {
    const down = slope(z.ref);
    const moved = z.sub(down.mul(rate));
    const least = rate * penalty;
    z = nn.relu(moved.ref.sub(least)).sub(nn.relu(moved.neg().sub(least)));
  }
  atomsNow.dispose();
  return z;
}

export function sparseCodingLoss(get: Lookup): np.Array {
  const z = get(FOUND);
  const [batch = 1] = z.shape;
  const error = np.square(np.matmul(z.ref, dictionary(get)).sub(get('y'))).sum();
  const sparsity = np.abs(z).sum().mul(SEARCH.sparseCoding.penalty);
  return error.add(sparsity).mul(1 / batch);
}
