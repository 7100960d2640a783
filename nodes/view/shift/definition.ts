import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, type LowerContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';
import { inEvaluationParameter } from '../../shared/parameters';
import { inferImage, lowerView, VIEW_PORTS } from '../../shared/views';

/** A whole number of pixels for each row, uniform from −amount to amount: i32 `[rows]`. */
function drawShift(context: LowerContext<unknown>, stream: string, rows: number): Value {
  const { builder } = context;
  const amount = builder.unary('floor', builder.add(context.live('amount'), 0.5));
  const choices = builder.add(builder.mul(amount, 2), 1);
  const uniform = context.uniform(stream, [rows]);
  const offset = builder.unary('floor', builder.mul(uniform, choices));
  return builder.cast(builder.sub(offset, amount), 'i32');
}

/** Where output pixel i along `axis` comes from: i − shift, of each row: i32 `[rows, H, W]`. */
function sourceIndex(
  { builder }: LowerContext<unknown>,
  shift: Value,
  shape: readonly [number, number, number],
  axis: 1 | 2,
): Value {
  return builder.sub(builder.iota(shape, axis), builder.broadcast(shift, shape, [0]));
}

/**
 * Every image moved by its own whole number of pixels, zeros from outside: `[rows, H, W, C]`.
 * The pixels of all images are one table, and each output pixel is looked up in it.
 */
function shiftImages(context: LowerContext<unknown>, images: Value): Value {
  const { builder } = context;
  const [rows, height, width, channels] = images.shape;
  const shape = [
    defined(rows, 'rows'),
    defined(height, 'height'),
    defined(width, 'width'),
  ] as const;
  const row = sourceIndex(context, drawShift(context, 'down', shape[0]), shape, 1);
  const column = sourceIndex(context, drawShift(context, 'right', shape[0]), shape, 2);
  const inside = [
    builder.compare('ge', row, 0),
    builder.compare('lt', row, shape[1]),
    builder.compare('ge', column, 0),
    builder.compare('lt', column, shape[2]),
  ].reduce((all, condition) => builder.binary('and', all, condition));
  const pixel = builder.add(
    builder.mul(builder.add(builder.mul(builder.iota(shape, 0), shape[1]), row), shape[2]),
    column,
  );
  const size = defined(channels, 'channels');
  const table = builder.reshape(images, [shape[0] * shape[1] * shape[2], size]);
  const moved = builder.gather(table, builder.select(inside, pixel, 0));
  const insideAll = builder.broadcast(inside, moved.shape, [0, 1, 2]);
  return builder.select(insideAll, moved, 0);
}

export const viewShift = defineNode({
  kind: 'view.shift',
  category: 'view',
  title: 'Shift',
  synonyms: ['augmentation', 'distortion', 'translation', 'translate'],
  icon: 'move',
  help: 'Moves each image by a random whole number of pixels in both directions; zeros come in from outside.',
  formula: String.raw`\tilde{x}(u) = x(u - s), \quad s \sim U\{-a, \dots, a\}^2`,
  source: 'Random translation; Dawid & LeCun 2023, §4.1.1 (distorted views of one image)',
  params: z.object({
    amount: z
      .number()
      .min(0)
      .max(64)
      .default(1)
      .meta({
        label: 'Largest shift a',
        description: 'In whole pixels; fractions are rounded.',
        live: true,
        range: [0, 4],
        step: 1,
        unit: 'pixels',
        control: 'slider',
      }),
    inEvaluation: inEvaluationParameter(),
  }),
  ports: () => VIEW_PORTS,
  time: 'fold',
  infer: inferImage,
  lower: (context) => lowerView(context, (input) => shiftImages(context, input)),
  traits: ({ amount }) => ({ corrupts: amount >= 0.5 }),
});
