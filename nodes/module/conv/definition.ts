import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
  type InferResult,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { activate } from '../../shared/activation';
import { applyConvolution, convolutionWeights } from '../../shared/convolution';
import { convolutionParameters } from '../../shared/convolutionParameters';
import { imagesProblem, joinImages } from '../../shared/images';
import { applyLinear, linearWeights } from '../../shared/linear';
import {
  activationParameter,
  modulePorts,
  moduleTitle,
  outputWidthParameter,
  roleParameter,
} from '../../shared/modules';
import {
  normalisationStatistics,
  normalisationWeights,
  normalise,
} from '../../shared/normalisation';
import { choiceParameter } from '../../shared/parameters';
import { flattenRows } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';
import { convLayers, headLayer, HEADS } from './layers';

const parameters = z.object({
  role: roleParameter('encoder'),
  ...convolutionParameters({
    channels: [16, 32],
    channelsDescription: 'Channels that each convolution makes, first to last.',
  }),
  head: choiceParameter(HEADS, 'flatten', {
    label: 'Head',
    description:
      'What follows the convolutions: a linear layer over all places, one over the mean of the places, or nothing: the output is then an image.',
  }),
  width: outputWidthParameter({ description: '.', when: { head: ['flatten', 'pool'] } }),
  outputActivation: activationParameter('none', {
    label: 'Output activation',
    description: 'After the last layer.',
  }),
});

type Params = z.infer<typeof parameters>;

function layersOf({ params, inputs }: InferContext<Params>) {
  const convolutions = convLayers(params, inputs.all('in'));
  const { size } = defined(convolutions.at(-1), 'a convolution');
  return { convolutions, size, head: headLayer(params, size) };
}

/** What is wrong with the sizes, or null. */
function sizeProblem(context: InferContext<Params>): InferResult | null {
  const { convolutions, head } = layersOf(context);
  const { kernel } = context.params;
  const misfit = convolutions.findIndex(({ size }) => size.height < 1 || size.width < 1);
  if (misfit >= 0) {
    const before = convolutions[misfit - 1]?.size;
    const [height, width] = before
      ? [before.height, before.width]
      : (context.inputs.all('in')[0]?.shape ?? []);
    return problem(
      'node.bad-parameter',
      `The kernel of ${kernel}×${kernel} does not fit into the ${height}×${width} pixels that convolution ${misfit + 1} gets.`,
      { hint: 'Choose the padding “same”, a smaller kernel or stride, or fewer channels.' },
    );
  }
  const weights = convolutions.map(({ inputs, outputs }) => inputs * outputs * kernel ** 2);
  const images = convolutions.map(({ size }) => size.height * size.width * size.channels);
  return (
    tooLarge(
      'The largest weight array',
      Math.max(...weights, head ? head.inputs * head.outputs : 0),
      'Choose fewer channels, a smaller width, or pool over the places.',
    ) ?? tooLarge('The largest image inside', Math.max(...images), 'Choose fewer channels.')
  );
}

export const moduleConv = defineNode({
  kind: 'module.conv',
  category: 'module',
  title: 'Convolution',
  synonyms: ['CNN', 'ConvNet', 'convolutional network', 'LeNet', 'image encoder'],
  icon: 'grid-3x3',
  help: 'Convolutions over images, then a linear layer that makes a vector, if asked for. Each convolution is normalised if asked for (batch: each channel over batch and places; layer: the channels of each place), then activated; a sequence is taken image by image. Weights start uniform within ±1/√inputs, as in PyTorch.',
  formula: String.raw`\begin{aligned} h_{l+1} &= \phi(\mathrm{norm}(W_l * h_l + b_l)) \\ y &= A\,\mathrm{vec}(h_L) + c \end{aligned}`,
  source:
    'LeCun et al. 1998, Gradient-based learning applied to document recognition, §II; initialisation and normalisation as PyTorch nn.Conv2d, nn.BatchNorm2d and nn.Linear',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'Convolution'),
  ports: () => modulePorts('One or more images: they are joined on their channels.'),
  time: 'fold',
  infer: (context) => {
    const fault =
      imagesProblem(context.inputs.all('in'), 'For vectors take an MLP.') ?? sizeProblem(context);
    if (fault) return fault;
    const { head, size } = layersOf(context);
    const shape = head ? [head.outputs] : [size.height, size.width, size.channels];
    return inferred({ out: tensorType(shape) });
  },
  weights: (context) => {
    const { convolutions, head } = layersOf(context);
    const { normalisation } = context.params;
    return [
      ...convolutions.flatMap((layer) => [
        ...convolutionWeights(layer),
        ...(layer.hidden ? normalisationWeights(normalisation, layer.prefix, layer.outputs) : []),
      ]),
      ...(head ? linearWeights(head) : []),
    ];
  },
  traits: ({ normalisation }) => (normalisation === 'batch' ? { compares: 'places' } : {}),
  statistics: (context) =>
    layersOf(context)
      .convolutions.filter(({ hidden }) => hidden)
      .flatMap(({ prefix, outputs }) =>
        normalisationStatistics(context.params.normalisation, prefix, outputs),
      ),
  lower: (context) => {
    const { builder, inputs, inputTypes, params } = context;
    const { convolutions, head } = layersOf({ params, inputs: inputTypes });
    let x = joinImages(builder, inputs.all('in'));
    for (const layer of convolutions) {
      x = applyConvolution(context, layer, x);
      if (!layer.hidden) continue;
      x = normalise(context, params.normalisation, layer.prefix, x);
      x = activate(builder, params.activation, x);
    }
    if (head) {
      const places = params.head === 'pool' ? builder.mean(x, [1, 2]) : flattenRows(builder, x);
      x = applyLinear(context, head, places);
    }
    return { out: activate(builder, params.outputActivation, x) };
  },
});
