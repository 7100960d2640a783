import { defined } from '../../../src/core/invariant';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';

export type PoolReduction = 'mean' | 'max' | 'first';

/** Windows of `size` along an axis: complete ones, or started ones where only the first of each counts. */
export function windowCount(extent: number, size: number, reduce: PoolReduction): number {
  return reduce === 'first' ? Math.ceil(extent / size) : Math.floor(extent / size);
}

/** Each window of the given sizes by axis becomes one number; over several axes in one reduction. */
export function poolAxes(
  builder: Builder,
  x: Value,
  sizes: ReadonlyMap<number, number>,
  reduce: PoolReduction,
): Value {
  let whole = x;
  const split: number[] = [];
  const pooled: number[] = [];
  const within: number[] = [];
  x.shape.forEach((extent, axis) => {
    const size = sizes.get(axis);
    if (size === undefined) {
      split.push(extent);
      pooled.push(extent);
      return;
    }
    const windows = windowCount(extent, size, reduce);
    whole = fitAxis(builder, whole, axis, windows * size);
    within.push(split.length + 1);
    split.push(windows, size);
    pooled.push(windows);
  });
  const windows = builder.reshape(whole, split);
  switch (reduce) {
    case 'mean':
      return builder.mean(windows, within);
    case 'max':
      return builder.reduce('max', windows, within);
    case 'first': {
      const firsts = within.reduce((value, axis) => builder.sliceAxis(value, axis, 0, 1), windows);
      return builder.reshape(firsts, pooled);
    }
  }
}

/** Cuts or pads the end of an axis. */
function fitAxis(builder: Builder, x: Value, axis: number, extent: number): Value {
  const before = defined(x.shape[axis], 'the pooled axis');
  if (extent <= before) return builder.sliceAxis(x, axis, 0, extent);
  const none = x.shape.map(() => 0);
  return builder.pad(x, none, none.with(axis, extent - before));
}
