import { randomKey, RandomStream } from '../../src/core/random';
import { elementCount } from '../../src/ir/types';
import { defined } from '../../src/core/invariant';
import type {
  ConvModel,
  JepaModel,
  JointEmbeddingModel,
  LangevinModel,
  MlpModel,
  Model,
  SparseCodingModel,
  TransformerModel,
} from './workload';

export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** The batch and the initial weights, the same bits for every engine. */
export interface Arrays {
  readonly data: readonly NamedArray[];
  readonly weights: readonly NamedArray[];
}

const SEED = 20240817;

/** What a model is trained on and starts from. Deterministic. */
export function makeArrays(model: Model): Arrays {
  switch (model.kind) {
    case 'mlp':
      return mlpArrays(model);
    case 'jointEmbedding':
    case 'jepa':
      return jointEmbeddingArrays(model);
    case 'conv':
      return convArrays(model);
    case 'transformer':
      return transformerArrays(model);
    case 'langevin':
      return langevinArrays(model);
    case 'sparseCoding':
      return sparseCodingArrays(model);
  }
}

function mlpArrays({ batch, widths }: MlpModel): Arrays {
  const [inputs = 1] = widths;
  const classes = defined(widths.at(-1), 'classes');
  const data = [normal('x', [batch, inputs]), labels(batch, classes)];
  return { data, weights: layers('', widths) };
}

/** The predictor reads a representation, and a latent where there is one. */
function jointEmbeddingArrays(model: JointEmbeddingModel | JepaModel): Arrays {
  const { batch, input, hidden, embedding } = model;
  const network = (name: string, from: number): NamedArray[] =>
    layers(`${name}/`, [from, hidden, embedding]);
  const latent = model.kind === 'jepa' ? model.latent : 0;
  return {
    data: [normal('x', [batch, input]), normal('y', [batch, input])],
    weights: [
      ...network('encoderX', input),
      ...network('encoderY', input),
      ...network('predictor', embedding + latent),
    ],
  };
}

function convArrays({ batch, size, channels, classes }: ConvModel): Arrays {
  const weights: NamedArray[] = [];
  let side = size;
  channels.slice(1).forEach((output, layer) => {
    const input = defined(channels[layer], 'channels');
    side = Math.ceil(side / 2);
    weights.push(
      normal(`conv${layer}/w`, [3, 3, input, output], Math.sqrt(2 / (9 * input))),
      filled(`conv${layer}/b`, [output], 0),
    );
  });
  const features = side * side * defined(channels.at(-1), 'channels');
  return {
    data: [
      normal('x', [batch, size, size, defined(channels[0], 'channels')]),
      labels(batch, classes),
    ],
    weights: [...weights, ...linear('head', features, classes)],
  };
}

function transformerArrays({ batch, tokens, width, hidden }: TransformerModel): Arrays {
  const norm = (name: string): NamedArray[] => [
    filled(`${name}/scale`, [width], 1),
    filled(`${name}/shift`, [width], 0),
  ];
  return {
    data: [normal('x', [batch, tokens, width]), normal('target', [batch, tokens, width])],
    weights: [
      ...norm('norm0'),
      ...['query', 'key', 'value', 'output'].flatMap((name) => linear(name, width, width)),
      ...norm('norm1'),
      ...linear('mlp0', width, hidden),
      ...linear('mlp1', hidden, width),
    ],
  };
}

function langevinArrays({ batch, widths }: LangevinModel): Arrays {
  const data = [normal('y', [batch, defined(widths[0], 'width')], 0.5)];
  return { data, weights: layers('energy/', widths) };
}

function sparseCodingArrays({ batch, pixels, atoms }: SparseCodingModel): Arrays {
  return {
    data: [normal('y', [batch, pixels])],
    weights: [normal('table/w', [atoms, pixels], 1 / Math.sqrt(pixels))],
  };
}

/** Linear layers one after the other, `widths` from the input on. */
function layers(prefix: string, widths: readonly number[]): NamedArray[] {
  return widths
    .slice(1)
    .flatMap((width, layer) =>
      linear(`${prefix}layer${layer}`, defined(widths[layer], 'width'), width),
    );
}

/** He et al. (2015): weights N(0, 2/inputs), no bias. */
function linear(name: string, inputs: number, outputs: number): NamedArray[] {
  return [
    normal(`${name}/w`, [inputs, outputs], Math.sqrt(2 / inputs)),
    filled(`${name}/b`, [outputs], 0),
  ];
}

function normal(name: string, shape: readonly number[], deviation = 1): NamedArray {
  const random = new RandomStream(randomKey(SEED, name, 'benchmark'));
  const values = Float32Array.from(
    { length: elementCount(shape) },
    () => random.normal() * deviation,
  );
  return { name, shape, values };
}

function filled(name: string, shape: readonly number[], value: number): NamedArray {
  return { name, shape, values: new Float32Array(elementCount(shape)).fill(value) };
}

/** One-hot rows, as floats. */
function labels(batch: number, classes: number): NamedArray {
  const random = new RandomStream(randomKey(SEED, 'labels', 'benchmark'));
  const values = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) values[row * classes + random.integer(classes)] = 1;
  return { name: 'labels', shape: [batch, classes], values };
}
