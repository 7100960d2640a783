import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, type LowerContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';
import { inEvaluationParameter } from '../../shared/parameters';
import { inferImage, lowerView, VIEW_PORTS } from '../../shared/views';

/** Which places along `axis` of `[rows, H, W]` the square of each row covers: a span of `size` around a random centre. */
function covered(
  context: LowerContext<unknown>,
  shape: readonly [number, number, number],
  axis: 1 | 2,
  stream: string,
): Value {
  const { builder } = context;
  const size = builder.unary('floor', builder.add(context.live('size'), 0.5));
  const uniform = context.uniform(stream, [shape[0]]);
  const centre = builder.unary('floor', builder.mul(uniform, shape[axis]));
  const first = builder.sub(centre, builder.unary('floor', builder.mul(size, 0.5)));
  const place = builder.sub(
    builder.cast(builder.iota(shape, axis), 'f32'),
    builder.broadcast(first, shape, [0]),
  );
  return builder.binary('and', builder.compare('ge', place, 0), builder.compare('lt', place, size));
}

export const viewCutout = defineNode({
  kind: 'view.cutout',
  category: 'view',
  title: 'Cutout',
  synonyms: ['augmentation', 'random erasing', 'occlusion', 'square'],
  icon: 'eraser',
  help: 'Sets a random square of each image to zero, all channels. Its centre is any pixel, so near a border a part of it lies outside.',
  formula: String.raw`\tilde{x}(u) = \begin{cases} 0 & u \in c + \big[-\lfloor \tfrac{s}{2} \rfloor, \lceil \tfrac{s}{2} \rceil\big)^2 \\ x(u) & \text{else} \end{cases}, \quad c \sim U(\text{pixels})`,
  source:
    'DeVries & Taylor 2017, Improved regularization of convolutional networks with cutout, §3',
  params: z.object({
    size: z
      .number()
      .min(0)
      .max(1024)
      .default(3)
      .meta({
        label: 'Size s',
        description: 'Height and width of the square; fractions are rounded.',
        live: true,
        range: [0, 16],
        step: 1,
        unit: 'pixels',
        control: 'slider',
      }),
    inEvaluation: inEvaluationParameter(),
  }),
  ports: () => VIEW_PORTS,
  time: 'fold',
  infer: inferImage,
  lower: (context) =>
    lowerView(context, (images) => {
      const { builder } = context;
      const [rows, height, width] = images.shape;
      const shape = [
        defined(rows, 'rows'),
        defined(height, 'height'),
        defined(width, 'width'),
      ] as const;
      const square = builder.binary(
        'and',
        covered(context, shape, 1, 'down'),
        covered(context, shape, 2, 'right'),
      );
      return builder.select(builder.broadcast(square, images.shape, [0, 1, 2]), 0, images);
    }),
  traits: ({ size }) => ({ corrupts: size >= 0.5 }),
});
