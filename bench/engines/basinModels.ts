import type { Builder } from '../../src/ir/builder';
import { centre, logSoftmax, restoreAxes, softmax, variance } from '../../src/ir/compose';
import type { Value } from '../../src/ir/types';
import {
  GELU,
  LAYER_NORM_EPSILON,
  VICREG,
  type ConvModel,
  type JointEmbeddingModel,
  type MlpModel,
  type PlainModel,
  type TransformerModel,
} from '../workloads/workload';

/** A data array or a weight by its name. */
type Lookup = (name: string) => Value;

/** The loss of a model, a scalar, as values of the builder. */
export function basinLoss(b: Builder, model: PlainModel, get: Lookup): Value {
  switch (model.kind) {
    case 'mlp':
      return mlpLoss(b, model, get);
    case 'jointEmbedding':
      return jointEmbeddingLoss(b, model, get);
    case 'conv':
      return convLoss(b, model, get);
    case 'transformer':
      return transformerLoss(b, model, get);
  }
}

function mlpLoss(b: Builder, { widths }: MlpModel, get: Lookup): Value {
  let x = get('x');
  const layers = widths.length - 1;
  for (let layer = 0; layer < layers; layer++) {
    x = linear(b, x, `layer${layer}`, get);
    if (layer < layers - 1) x = b.relu(x);
  }
  return crossEntropy(b, x, get('labels'));
}

/** 25·mean (p−s_y)² + 25·½·(hinge p + hinge s_y) + cov p + cov s_y: docs/mathematics.md §2. */
function jointEmbeddingLoss(b: Builder, _model: JointEmbeddingModel, get: Lookup): Value {
  const network = (x: Value, name: string): Value =>
    linear(b, b.relu(linear(b, x, `${name}/layer0`, get)), `${name}/layer1`, get);
  const target = network(get('y'), 'encoderY');
  const predicted = network(network(get('x'), 'encoderX'), 'predictor');
  const invariance = b.mean(b.square(b.sub(predicted, target)));
  const hinges = b.add(varianceHinge(b, predicted), varianceHinge(b, target));
  const covariances = b.add(covariance(b, predicted), covariance(b, target));
  return b.add(
    b.add(b.mul(invariance, VICREG.invariance), b.mul(hinges, VICREG.variance / 2)),
    b.mul(covariances, VICREG.covariance),
  );
}

/** mean_d relu(1 − √(var_d + ε)), ddof 1. */
function varianceHinge(b: Builder, z: Value): Value {
  const deviation = b.sqrt(b.add(variance(b, z, [0], 1), VICREG.epsilon));
  return b.mean(b.relu(b.sub(1, deviation)));
}

/** Σ_{i≠j} C_ij² / D with C = z_cᵀz_c/(N−1). */
function covariance(b: Builder, z: Value): Value {
  const [rows = 1, width = 1] = z.shape;
  const centred = centre(b, z, [0]);
  const c = b.mul(b.dot(centred, centred, { left: true }), 1 / (rows - 1));
  const row = b.iota([width, width], 0);
  const offDiagonal = b.compare('ne', row, b.iota([width, width], 1));
  return b.mul(b.sum(b.square(b.select(offDiagonal, c, 0))), 1 / width);
}

function convLoss(b: Builder, { batch, channels }: ConvModel, get: Lookup): Value {
  let x = get('x');
  channels.slice(1).forEach((_, layer) => {
    const filter = get(`conv${layer}/w`);
    const padding = [
      [1, 1],
      [1, 1],
    ] as const;
    const product = b.conv2d(x, filter, { strides: [2, 2], padding });
    x = b.relu(b.add(product, get(`conv${layer}/b`)));
  });
  const features = b.reshape(x, [batch, x.shape.slice(1).reduce((n, extent) => n * extent, 1)]);
  return crossEntropy(b, linear(b, features, 'head', get), get('labels'));
}

function transformerLoss(b: Builder, model: TransformerModel, get: Lookup): Value {
  const { batch, tokens, width, heads } = model;
  const rows = batch * tokens;
  let x = b.reshape(get('x'), [rows, width]);

  const normed = layerNorm(b, x, 'norm0', get);
  const split = (name: string): Value =>
    b.transpose(
      b.reshape(linear(b, normed, name, get), [batch, tokens, heads, width / heads]),
      [0, 2, 1, 3],
    );
  const scores = b.dot(split('query'), split('key'), { right: true });
  const attention = softmax(b, b.mul(scores, 1 / Math.sqrt(width / heads)), 3);
  const mixed = b.transpose(b.dot(attention, split('value')), [0, 2, 1, 3]);
  x = b.add(x, linear(b, b.reshape(mixed, [rows, width]), 'output', get));

  const hidden = gelu(b, linear(b, layerNorm(b, x, 'norm1', get), 'mlp0', get));
  x = b.add(x, linear(b, hidden, 'mlp1', get));
  return b.mean(b.square(b.sub(x, b.reshape(get('target'), [rows, width]))));
}

function layerNorm(b: Builder, x: Value, name: string, get: Lookup): Value {
  const inverse = b.div(1, b.sqrt(b.add(variance(b, x, [1], 0), LAYER_NORM_EPSILON)));
  const normed = b.mul(centre(b, x, [1]), restoreAxes(b, inverse, x.shape, [1]));
  return b.add(b.mul(normed, get(`${name}/scale`)), get(`${name}/shift`));
}

function gelu(b: Builder, x: Value): Value {
  const inner = b.mul(b.add(x, b.mul(b.mul(b.square(x), x), GELU.cubic)), GELU.scale);
  return b.mul(b.mul(x, 0.5), b.add(b.unary('tanh', inner), 1));
}

function linear(b: Builder, x: Value, name: string, get: Lookup): Value {
  return b.add(b.dot(x, get(`${name}/w`)), get(`${name}/b`));
}

/** Mean over rows of −Σ labels · log softmax. */
function crossEntropy(b: Builder, logits: Value, labels: Value): Value {
  return b.neg(b.mean(b.sum(b.mul(labels, logSoftmax(b, logits, 1)), [1])));
}
