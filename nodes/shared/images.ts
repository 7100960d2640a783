import { problem, type InferResult } from '../../src/graph/nodeDefinition';
import { formatTensorType, type TensorType } from '../../src/graph/ports';
import type { Builder } from '../../src/ir/builder';
import { formatShape, type Value } from '../../src/ir/types';
import { unusable } from './shapeProblems';

/** Height, width and channels of images. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function isImage({ shape }: TensorType): boolean {
  return shape.length === 3;
}

/** Size of images joined on their channels. Only for types that `imagesProblem` accepts. */
export function joinedImages(types: readonly TensorType[]): ImageSize {
  const [height = 1, width = 1] = types[0]?.shape ?? [];
  return {
    height,
    width,
    channels: types.reduce((total, { shape }) => total + (shape[2] ?? 0), 0),
  };
}

/** The problem of inputs that are not images of one height and width, or null. */
export function imagesProblem(types: readonly TensorType[], hint?: string): InferResult | null {
  const other = types.find((type) => !isImage(type));
  if (other) return unusable('in', other, 'an image, height × width × channels', hint);
  const sizes = new Set(types.map(({ shape }) => formatShape(shape.slice(0, 2))));
  if (sizes.size <= 1) return null;
  return problem(
    'shape.mismatch',
    `Its images have different heights or widths (${types.map(formatTensorType).join(' and ')}): they are joined on their channels.`,
    { portId: 'in', hint: 'Bring them to one size with a Pool or a Slice.' },
  );
}

/** `[rows, H, W, C₁]`, `[rows, H, W, C₂]`, … as one `[rows, H, W, C₁ + C₂ + …]`. */
export function joinImages(builder: Builder, images: readonly Value[]): Value {
  return builder.concat(images, 3);
}
