import { lax, nn, numpy as np } from '@jax-js/jax';
import { defined } from '../../src/core/invariant';
import type { NamedArray } from '../workloads/arrays';
import {
  LAYER_NORM_EPSILON,
  VICREG,
  type ConvModel,
  type MlpModel,
  type Model,
  type TransformerModel,
} from '../workloads/workload';
import { covariance, linear, varianceHinge, type Lookup } from './jaxLayers';
import { jepaLoss, likelihoodLoss, sparseCodingLoss } from './jaxSearches';

/** The loss of a model with the functions of jax-js. */
export function jaxLoss(model: Model, get: Lookup): np.Array {
  switch (model.kind) {
    case 'mlp':
      return mlpLoss(model, get);
    case 'jointEmbedding':
      return jointEmbeddingLoss(get);
    case 'conv':
      return convLoss(model, get);
    case 'transformer':
      return transformerLoss(model, get);
    case 'jepa':
      return jepaLoss(get);
    case 'langevin':
      return likelihoodLoss(model, get);
    case 'sparseCoding':
      return sparseCodingLoss(get);
  }
}

/**
 * A weight as jax-js wants it, made before the run: its convolutions have the channels first ([O,I,H,W] filters), so
 * the rows of the linear layer after them are in that order too.
 */
export function jaxWeight(model: Model, { name, shape, values }: NamedArray): np.Array {
  const array = np.array(values).reshape([...shape]);
  if (model.kind !== 'conv') return array;
  if (/^conv\d+\/w$/.test(name)) return array.transpose([3, 2, 0, 1]);
  if (/^conv\d+\/b$/.test(name)) return array.reshape([...shape, 1, 1]);
  if (name !== 'head/w') return array;
  const channels = defined(model.channels.at(-1), 'channels');
  return array
    .reshape([-1, channels, model.classes])
    .transpose([1, 0, 2])
    .reshape([-1, model.classes]);
}

function mlpLoss({ widths }: MlpModel, get: Lookup): np.Array {
  let x = get('x');
  const layers = widths.length - 1;
  for (let layer = 0; layer < layers; layer++) {
    x = linear(x, `layer${layer}`, get);
    if (layer < layers - 1) x = nn.relu(x);
  }
  return crossEntropy(x, get);
}

function jointEmbeddingLoss(get: Lookup): np.Array {
  const network = (x: np.Array, name: string): np.Array =>
    linear(nn.relu(linear(x, `${name}/layer0`, get)), `${name}/layer1`, get);
  const target = network(get('y'), 'encoderY');
  const predicted = network(network(get('x'), 'encoderX'), 'predictor');
  const invariance = np.square(predicted.ref.sub(target.ref)).mean();
  const hinges = varianceHinge(predicted.ref).add(varianceHinge(target.ref));
  const covariances = covariance(predicted).add(covariance(target));
  return invariance
    .mul(VICREG.invariance)
    .add(hinges.mul(VICREG.variance / 2))
    .add(covariances.mul(VICREG.covariance));
}

function convLoss({ batch, size, channels }: ConvModel, get: Lookup): np.Array {
  let x = get('x').reshape([batch, 1, size, size]);
  channels.slice(1).forEach((_, layer) => {
    const padding: [number, number][] = [
      [1, 1],
      [1, 1],
    ];
    const product = lax.convGeneralDilated(x, get(`conv${layer}/w`), [2, 2], padding);
    x = nn.relu(product.add(get(`conv${layer}/b`)));
  });
  return crossEntropy(linear(x.reshape([batch, -1]), 'head', get), get);
}

function transformerLoss(model: TransformerModel, get: Lookup): np.Array {
  const { batch, tokens, width, heads } = model;
  let x = get('x');
  const normed = layerNorm(x.ref, 'norm0', get);
  const split = (name: string): np.Array =>
    linear(normed.ref, name, get).reshape([batch, tokens, heads, width / heads]);
  const mixed = nn.dotProductAttention(split('query'), split('key'), split('value'));
  normed.dispose();
  x = x.add(linear(mixed.reshape([batch, tokens, width]), 'output', get));

  const hidden = nn.gelu(linear(layerNorm(x.ref, 'norm1', get), 'mlp0', get));
  x = x.add(linear(hidden, 'mlp1', get));
  return np.square(x.sub(get('target'))).mean();
}

function layerNorm(x: np.Array, name: string, get: Lookup): np.Array {
  const normed = nn.standardize(x, -1, { epsilon: LAYER_NORM_EPSILON });
  return normed.mul(get(`${name}/scale`)).add(get(`${name}/shift`));
}

function crossEntropy(logits: np.Array, get: Lookup): np.Array {
  return nn.logSoftmax(logits).mul(get('labels')).sum(-1).mean().neg();
}
