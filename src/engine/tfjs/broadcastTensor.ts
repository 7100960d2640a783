import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DType, Shape } from '../../ir/types';
import { elementCount, sameShape } from '../../ir/types';
import { consecutiveRuns, foldAround } from './axes';
import { repeatLoop } from './hostLoops';
import type { Kernels } from './kernels';
import { reshape } from './kernels';

/** Repeats a tensor along the axes on which it has extent 1 and `shape` more. Equal ranks; an owned result. */
export function broadcastTensor(
  kernels: Kernels,
  compact: TensorInfo,
  shape: Shape,
  dtype: DType,
): TensorInfo {
  const repeated = shape.flatMap((extent, axis) =>
    extent !== 1 && compact.shape[axis] === 1 ? [axis] : [],
  );
  let result = kernels.retain(compact);
  // From the last axes on, so that what is repeated next is already a long row.
  for (const [first, last] of consecutiveRuns(repeated).reverse()) {
    const target = result.shape.map((extent, axis) =>
      axis >= first && axis <= last ? (shape[axis] ?? extent) : extent,
    );
    result = kernels.consume(result, (source) =>
      repeatAxes(kernels, source, target, dtype, first, last),
    );
  }
  // An axis of the source may carry extents that `shape` splits differently only by ones.
  return sameShape(result.shape, shape) ? result : reshape(result, shape);
}

function repeatAxes(
  kernels: Kernels,
  source: TensorInfo,
  shape: Shape,
  dtype: DType,
  first: number,
  last: number,
): TensorInfo {
  const { middle, inner } = foldAround(shape, first, last);
  if (kernels.onHost) {
    const result = kernels.allocate(shape, dtype);
    repeatLoop(kernels.view(source), middle, inner, kernels.view(result));
    return result;
  }
  const outer = elementCount(source.shape) / inner;
  const tiled = kernels.run(
    'Tile',
    { x: reshape(source, [outer, 1, inner]) },
    { reps: [1, middle, 1] },
  );
  return reshape(tiled, shape);
}
