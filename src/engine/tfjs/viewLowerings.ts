import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import { elementCount, type Shape } from '../../ir/types';
import { foldAround, joinWholeAxes, simplifyTranspose, type EdgeAxis } from './axes';
import { reshape, type Kernels } from './kernels';
import { fullOperand, operandOf, type LoweringTable } from './lowering';

/** The rank up to which the kernels for transposes, slices and padding are fast, and exist everywhere. */
const KERNEL_RANK = 4;

/** Axis `permutation[i]` of the operand becomes axis i; an owned result. */
export function transposeTensor(
  kernels: Kernels,
  x: TensorInfo,
  permutation: readonly number[],
): TensorInfo {
  const shape = permutation.map((axis) => defined(x.shape[axis], 'axis of a transpose'));
  const simple = simplifyTranspose(x.shape, permutation);
  return kernels.consume(
    transposeSimple(kernels, reshape(x, simple.shape), simple.permutation),
    (y) => kernels.reshaped(y, shape),
  );
}

function transposeSimple(
  kernels: Kernels,
  x: TensorInfo,
  permutation: readonly number[],
): TensorInfo {
  if (permutation.length <= 1) return kernels.retain(x);
  if (permutation.length <= KERNEL_RANK) {
    return kernels.run('Transpose', { x }, { perm: [...permutation] });
  }
  return moveAxes(kernels, x, permutation, 0);
}

/** The first `done` axes are in place; moves the others there one by one. */
function moveAxes(
  kernels: Kernels,
  x: TensorInfo,
  permutation: readonly number[],
  done: number,
): TensorInfo {
  if (done === permutation.length) return kernels.retain(x);
  const axis = defined(permutation[done], 'axis of a transpose');
  if (axis === done) return moveAxes(kernels, x, permutation, done + 1);
  const batch = elementCount(x.shape.slice(0, done));
  const { middle, inner } = foldAround(x.shape, axis, axis);
  const between = elementCount(x.shape.slice(done, axis));
  const moved = kernels.run(
    'Transpose',
    { x: reshape(x, [batch, between, middle, inner]) },
    { perm: [0, 2, 1, 3] },
  );
  const order = permutation.map((_, index) => index);
  order.splice(done, 0, ...order.splice(axis, 1));
  const shape = order.map((from) => x.shape[from] ?? 1);
  const rest = permutation.map((from) => order.indexOf(from));
  return kernels.consume(moved, (y) => moveAxes(kernels, reshape(y, shape), rest, done + 1));
}

/** Cuts `low` and `high` elements off the ends of each axis; an owned result. */
function cutEdges(kernels: Kernels, x: TensorInfo, axes: readonly EdgeAxis[]): TensorInfo {
  if (axes.length <= KERNEL_RANK) {
    const begin = axes.map(({ low }) => low);
    const size = axes.map(({ extent, low, high }) => extent - low - high);
    return kernels.run(
      'Slice',
      {
        x: reshape(
          x,
          axes.map(({ extent }) => extent),
        ),
      },
      { begin, size },
    );
  }
  const last = axes.length - 1;
  const { extent, low, high } = defined(axes[last], 'last axis');
  const outer = elementCount(axes.slice(0, last).map((axis) => axis.extent));
  const cut = kernels.run(
    'Slice',
    { x: reshape(x, [outer, extent]) },
    { begin: [0, low], size: [outer, extent - low - high] },
  );
  const whole = { extent: extent - low - high, low: 0, high: 0 };
  return kernels.consume(cut, (y) =>
    cutEdges(kernels, y, joinWholeAxes([...axes.slice(0, last), whole])),
  );
}

/** Elements `start` to `end` of each axis; an owned result. */
export function sliceTensor(
  kernels: Kernels,
  x: TensorInfo,
  start: readonly number[],
  end: readonly number[],
): TensorInfo {
  const axes = x.shape.map((extent, axis) => ({
    extent,
    low: start[axis] ?? 0,
    high: extent - (end[axis] ?? extent),
  }));
  if (axes.every(({ low, high }) => low === 0 && high === 0)) return kernels.retain(x);
  const shape = axes.map(({ extent, low, high }) => extent - low - high);
  return reshape(cutEdges(kernels, x, joinWholeAxes(axes)), shape);
}

/** Adds `low` and `high` elements of `value` to the ends of each axis; an owned result. */
function addEdges(
  kernels: Kernels,
  x: TensorInfo,
  axes: readonly EdgeAxis[],
  value: number,
): TensorInfo {
  const pad = (input: TensorInfo, edges: readonly EdgeAxis[]): TensorInfo =>
    kernels.run(
      'PadV2',
      {
        x: reshape(
          input,
          edges.map(({ extent }) => extent),
        ),
      },
      { paddings: edges.map(({ low, high }) => [low, high]), constantValue: value },
    );
  if (axes.length <= KERNEL_RANK) return pad(x, axes);
  const last = axes.length - 1;
  const edge = defined(axes[last], 'last axis');
  const outer = elementCount(axes.slice(0, last).map(({ extent }) => extent));
  const whole = { extent: edge.extent + edge.low + edge.high, low: 0, high: 0 };
  return kernels.consume(pad(x, [{ extent: outer, low: 0, high: 0 }, edge]), (y) =>
    addEdges(kernels, y, joinWholeAxes([...axes.slice(0, last), whole]), value),
  );
}

function paddedShape(shape: Shape, low: readonly number[], high: readonly number[]): number[] {
  return shape.map((extent, axis) => extent + (low[axis] ?? 0) + (high[axis] ?? 0));
}

export const viewLowerings: LoweringTable<
  'reshape' | 'transpose' | 'broadcast' | 'slice' | 'pad' | 'concat'
> = {
  reshape: (context, value) => ({
    full: context.kernels.reshaped(fullOperand(context, value, 0), value.shape),
  }),
  transpose: (context, value) => ({
    full: transposeTensor(
      context.kernels,
      fullOperand(context, value, 0),
      value.attributes.permutation,
    ),
  }),
  broadcast: ({ kernels, slots }, value) => {
    const compact = slots.compact(operandOf(value, 0));
    const { axes } = value.attributes;
    const shape = value.shape.map((_, axis) => {
      const from = axes.indexOf(axis);
      return from < 0 ? 1 : (compact.shape[from] ?? 1);
    });
    return { compact: kernels.reshaped(compact, shape) };
  },
  slice: (context, value) => ({
    full: sliceTensor(
      context.kernels,
      fullOperand(context, value, 0),
      value.attributes.start,
      value.attributes.end,
    ),
  }),
  pad: (context, value) => {
    const x = fullOperand(context, value, 0);
    const { low, high, value: filler } = value.attributes;
    const axes = x.shape.map((extent, axis) => ({
      extent,
      low: low[axis] ?? 0,
      high: high[axis] ?? 0,
    }));
    const padded = addEdges(context.kernels, x, joinWholeAxes(axes), filler);
    return { full: reshape(padded, paddedShape(x.shape, low, high)) };
  },
  concat: (context, value) => {
    const { axis } = value.attributes;
    const tensors = value.operands.map((operand) => {
      const { outer } = foldAround(operand.shape, axis, axis);
      return reshape(context.slots.full(operand), [outer, elementCount(operand.shape) / outer]);
    });
    return { full: reshape(context.kernels.run('Concat', tensors, { axis: 1 }), value.shape) };
  },
};
