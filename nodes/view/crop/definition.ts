import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, type LowerContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';
import { inEvaluationParameter } from '../../shared/parameters';
import { inferImage, lowerView, VIEW_PORTS } from '../../shared/views';

/**
 * Bilinear interpolation along one axis as a matrix for each row, `[rows, n, n]`: output pixel i is a mixture of the two
 * input pixels around its place in the crop, p_i = o + (i + ½)k − ½, clamped to the image, with weights
 * max(0, 1 − |p_i − j|). k is the crop's side over the image's, and o where the crop begins, uniform within the image.
 */
function interpolation(
  context: LowerContext<unknown>,
  side: Value,
  extent: number,
  stream: string,
): Value {
  const { builder } = context;
  const shape = [defined(side.shape[0], 'rows'), extent, extent];
  const room = builder.mul(builder.sub(1, side), extent);
  const begin = builder.mul(context.uniform(stream, side.shape), room);
  const centre = builder.add(builder.cast(builder.iota(shape, 1), 'f32'), 0.5);
  const place = builder.add(
    builder.mul(centre, builder.broadcast(side, shape, [0])),
    builder.broadcast(builder.sub(begin, 0.5), shape, [0]),
  );
  const clamped = builder.min(builder.max(place, 0), extent - 1);
  const distance = builder.unary(
    'abs',
    builder.sub(clamped, builder.cast(builder.iota(shape, 2), 'f32')),
  );
  return builder.relu(builder.sub(1, distance));
}

/** A random square part of each image, enlarged to the size of the image: `[rows, H, W, C]`. */
function cropImages(context: LowerContext<unknown>, images: Value): Value {
  const { builder } = context;
  const [rows = 1, height = 1, width = 1, channels = 1] = images.shape;
  const smallest = context.live('smallest');
  const uniform = context.uniform('side', [rows]);
  const side = builder.add(smallest, builder.mul(uniform, builder.sub(1, smallest)));
  const down = builder.dot(
    interpolation(context, side, height, 'down'),
    builder.reshape(images, [rows, height, width * channels]),
  );
  const columns = builder.transpose(
    builder.reshape(down, [rows, height, width, channels]),
    [0, 2, 1, 3],
  );
  const across = builder.dot(
    interpolation(context, side, width, 'right'),
    builder.reshape(columns, [rows, width, height * channels]),
  );
  return builder.transpose(builder.reshape(across, [rows, width, height, channels]), [0, 2, 1, 3]);
}

export const viewCrop = defineNode({
  kind: 'view.crop',
  category: 'view',
  title: 'Crop',
  synonyms: ['augmentation', 'distortion', 'random resized crop', 'zoom', 'RRC'],
  icon: 'crop',
  help: 'Shows a random part of each image, enlarged to the size of the image by bilinear interpolation. Height and width shrink by one factor, so shapes are not distorted.',
  formula: String.raw`\tilde{x}(u) = x\big(o + (u + \tfrac{1}{2})\,k - \tfrac{1}{2}\big), \quad k \sim U(k_{\min}, 1), \quad o \sim U\big(0, (1 - k) H\big) \times U\big(0, (1 - k) W\big)`,
  source:
    'Random resized crop: Szegedy et al. 2015, §6, without the change of aspect; Chen et al. 2020 (SimCLR), §3; interpolation as PyTorch grid_sample (bilinear, border, align_corners=False)',
  params: z.object({
    smallest: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.6)
      .meta({
        label: 'Smallest side k',
        description: 'Least height and width of the part, as a fraction of the image’s.',
        live: true,
        range: [0.05, 1],
        control: 'slider',
      }),
    inEvaluation: inEvaluationParameter(),
  }),
  ports: () => VIEW_PORTS,
  time: 'fold',
  infer: inferImage,
  lower: (context) => lowerView(context, (images) => cropImages(context, images)),
  traits: ({ smallest }) => ({ corrupts: smallest < 1 }),
});
