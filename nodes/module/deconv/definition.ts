import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
  type InferResult,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import type { Value } from '../../../src/ir/types';
import { activate } from '../../shared/activation';
import { applyTransposed, transposedWeights } from '../../shared/convolution';
import { convolutionParameters } from '../../shared/convolutionParameters';
import { imagesProblem, isImage, joinedImages, joinImages } from '../../shared/images';
import { applyLinear, linearWeights } from '../../shared/linear';
import {
  activationParameter,
  modulePorts,
  moduleTitle,
  roleParameter,
  widthSchema,
} from '../../shared/modules';
import {
  normalise,
  normalisationStatistics,
  normalisationWeights,
} from '../../shared/normalisation';
import { concatRows, rowCount } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';
import { deconvLayers } from './layers';

const parameters = z.object({
  role: roleParameter('decoder'),
  outputShape: list(widthSchema, { min: 3, max: 3 }).default([28, 28, 1]).meta({
    label: 'Output shape',
    description: 'Height, width and channels of the image that is made.',
    control: 'widths',
  }),
  ...convolutionParameters({
    channels: [32, 16],
    channelsDescription:
      'Channels that each transposed convolution gets, first to last. The first are made of a vector; an image brings its own.',
  }),
  outputActivation: activationParameter('none', {
    label: 'Output activation',
    description: 'After the last layer; a sigmoid keeps pixels within 0 and 1.',
  }),
});

type Params = z.infer<typeof parameters>;

function layersOf({ params, inputs }: Pick<InferContext<Params>, 'params' | 'inputs'>) {
  return deconvLayers(params, inputs.all('in'));
}

/** What is wrong with the sizes, or null. */
function sizeProblem(context: InferContext<Params>): InferResult | null {
  const { params, inputs } = context;
  const { linear, start, transposed } = layersOf(context);
  const output = params.outputShape.slice(0, 2).join('×');
  if (start.height < 1 || start.width < 1) {
    return problem(
      'node.bad-parameter',
      `${params.channels.length} layers with kernels of ${params.kernel}×${params.kernel} and no padding make more than ${output} pixels.`,
      { hint: 'Choose the padding “same”, a smaller kernel or stride, or fewer channels.' },
    );
  }
  if (!linear) {
    const { height, width } = joinedImages(inputs.all('in'));
    if (height !== start.height || width !== start.width) {
      return problem(
        'shape.mismatch',
        `The input has ${height}×${width} pixels, but ${output} is made of ${start.height}×${start.width}: ${transposed.length} layers with a stride of ${params.stride}.`,
        {
          portId: 'in',
          hint: 'Change the output shape, the stride or the number of channels, or put a Flatten in front.',
        },
      );
    }
  }
  const weights = transposed.map((layer) => layer.inputs * layer.outputs * params.kernel ** 2);
  const images = transposed.map(({ size, outputs }) => size[0] * size[1] * outputs);
  return (
    tooLarge(
      'The largest weight array',
      Math.max(...weights, linear ? linear.inputs * linear.outputs : 0),
      'Choose fewer channels or a larger stride.',
    ) ?? tooLarge('The largest image inside', Math.max(...images), 'Choose fewer channels.')
  );
}

export const moduleDeconv = defineNode({
  kind: 'module.deconv',
  category: 'module',
  title: 'Deconvolution',
  synonyms: ['transposed convolution', 'upsampling', 'image decoder', 'generator network'],
  icon: 'expand',
  help: 'Makes an image of a vector, by a linear layer to a small image and transposed convolutions that enlarge it, or of a small image. Sizes are planned from the output shape back, so any height and width can be made. Each hidden layer is normalised if asked for, then activated; weights start as in PyTorch.',
  formula: String.raw`\begin{aligned} h_0 &= \phi(\mathrm{norm}(A x + c)) \\ h_{l+1} &= \phi(\mathrm{norm}(W_l^\top * h_l + b_l)) \end{aligned}`,
  source:
    'Zeiler et al. 2010, Deconvolutional networks; Radford et al. 2016, DCGAN (projection and layers); initialisation and output padding as PyTorch nn.ConvTranspose2d',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'Deconvolution'),
  ports: () =>
    modulePorts(
      'Vectors, which are put side by side, or images, which are joined on their channels.',
    ),
  time: 'fold',
  infer: (context) => {
    const types = context.inputs.all('in');
    const fault = (types.every(isImage) ? imagesProblem(types) : null) ?? sizeProblem(context);
    return fault ?? inferred({ out: tensorType(context.params.outputShape) });
  },
  weights: (context) => {
    const { linear, start, transposed } = layersOf(context);
    const { normalisation } = context.params;
    return [
      ...(linear
        ? [
            ...linearWeights(linear),
            ...normalisationWeights(normalisation, linear.prefix, start.channels),
          ]
        : []),
      ...transposed.flatMap((layer) => [
        ...transposedWeights(layer),
        ...(layer.hidden ? normalisationWeights(normalisation, layer.prefix, layer.outputs) : []),
      ]),
    ];
  },
  traits: ({ normalisation }) => (normalisation === 'batch' ? { compares: 'places' } : {}),
  statistics: (context) => {
    const { linear, start, transposed } = layersOf(context);
    const hidden = [
      ...(linear ? [{ prefix: linear.prefix, outputs: start.channels }] : []),
      ...transposed.filter((layer) => layer.hidden),
    ];
    return hidden.flatMap(({ prefix, outputs }) =>
      normalisationStatistics(context.params.normalisation, prefix, outputs),
    );
  },
  lower: (context) => {
    const { builder, inputs, inputTypes, params } = context;
    const { linear, start, transposed } = layersOf({ params, inputs: inputTypes });
    const finish = (prefix: string, x: Value): Value =>
      activate(builder, params.activation, normalise(context, params.normalisation, prefix, x));

    let x: Value;
    if (linear) {
      const flat = applyLinear(context, linear, concatRows(builder, inputs.all('in')));
      const shape = [rowCount(flat), start.height, start.width, start.channels];
      x = finish(linear.prefix, builder.reshape(flat, shape));
    } else {
      x = joinImages(builder, inputs.all('in'));
    }
    for (const layer of transposed) {
      x = applyTransposed(context, layer, x, layer.size);
      if (layer.hidden) x = finish(layer.prefix, x);
    }
    return { out: activate(builder, params.outputActivation, x) };
  },
});
