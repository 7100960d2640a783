import * as tf from '@tensorflow/tfjs-core';
import {
  GELU,
  LAYER_NORM_EPSILON,
  VICREG,
  type ConvModel,
  type MlpModel,
  type Model,
  type TransformerModel,
} from '../workloads/workload';
import { covariance, linear, varianceHinge, type Lookup } from './tfjsLayers';
import { jepaLoss, likelihoodLoss, sparseCodingLoss } from './tfjsSearches';

/** The loss of a model with the operations of TensorFlow.js, as its layers would write it. */
export function tfjsLoss(model: Model, get: Lookup): tf.Scalar {
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

function mlpLoss({ widths }: MlpModel, get: Lookup): tf.Scalar {
  let x = get('x');
  const layers = widths.length - 1;
  for (let layer = 0; layer < layers; layer++) {
    x = linear(x, `layer${layer}`, get, layer < layers - 1 ? 'relu' : 'linear');
  }
  return crossEntropy(x, get);
}

function jointEmbeddingLoss(get: Lookup): tf.Scalar {
  const network = (x: tf.Tensor2D, name: string): tf.Tensor2D =>
    linear(linear(x, `${name}/layer0`, get, 'relu'), `${name}/layer1`, get);
  const target = network(get('y'), 'encoderY');
  const predicted = network(network(get('x'), 'encoderX'), 'predictor');
  const invariance = tf.mean(tf.squaredDifference(predicted, target));
  const hinges = tf.add(varianceHinge(predicted), varianceHinge(target));
  const covariances = tf.add(covariance(predicted), covariance(target));
  return tf.addN([
    tf.mul(invariance, VICREG.invariance),
    tf.mul(hinges, VICREG.variance / 2),
    tf.mul(covariances, VICREG.covariance),
  ]);
}

function convLoss({ batch, channels }: ConvModel, get: Lookup): tf.Scalar {
  let x = get<tf.Tensor4D>('x');
  channels.slice(1).forEach((_, layer) => {
    x = tf.fused.conv2d({
      x,
      filter: get<tf.Tensor4D>(`conv${layer}/w`),
      strides: 2,
      pad: [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      bias: get<tf.Tensor1D>(`conv${layer}/b`),
      activation: 'relu',
    });
  });
  return crossEntropy(linear(tf.reshape(x, [batch, -1]), 'head', get), get);
}

function transformerLoss(model: TransformerModel, get: Lookup): tf.Scalar {
  const { batch, tokens, width, heads } = model;
  const rows = batch * tokens;
  let x: tf.Tensor2D = tf.reshape(get<tf.Tensor3D>('x'), [rows, width]);

  const normed = layerNorm(x, 'norm0', get);
  const split = (name: string): tf.Tensor4D =>
    tf.transpose(
      tf.reshape(linear(normed, name, get), [batch, tokens, heads, width / heads]),
      [0, 2, 1, 3],
    );
  const scores = tf.matMul(split('query'), split('key'), false, true);
  const attention = tf.softmax(tf.mul(scores, 1 / Math.sqrt(width / heads)));
  const mixed = tf.transpose(tf.matMul(attention, split('value')), [0, 2, 1, 3]);
  x = tf.add(x, linear(tf.reshape(mixed, [rows, width]), 'output', get));

  const hidden = gelu(linear(layerNorm(x, 'norm1', get), 'mlp0', get));
  x = tf.add(x, linear(hidden, 'mlp1', get));
  const target = tf.reshape(get<tf.Tensor3D>('target'), [rows, width]);
  return tf.mean(tf.squaredDifference(x, target));
}

function layerNorm(x: tf.Tensor2D, name: string, get: Lookup): tf.Tensor2D {
  const { mean, variance } = tf.moments(x, 1, true);
  const normed = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, LAYER_NORM_EPSILON)));
  return tf.add(tf.mul(normed, get(`${name}/scale`)), get(`${name}/shift`));
}

function gelu(x: tf.Tensor2D): tf.Tensor2D {
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), GELU.cubic)), GELU.scale);
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

function crossEntropy(logits: tf.Tensor2D, get: Lookup): tf.Scalar {
  return tf.losses.softmaxCrossEntropy(get('labels'), logits);
}
