import { defined } from '../../../src/core/invariant';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';

export type PoolReduction = 'mean' | 'max' | 'first';

/** Windows of `size` along an axis: complete ones, or started ones where only the first of each counts. */
export function windowCount(extent: number, size: number, reduce: PoolReduction): number {
  return reduce === 'first' ? Math.ceil(extent / size) : Math.floor(extent / size);
}

/** Each window of `size` along `axis` becomes one number. */
export function poolAxis(
  builder: Builder,
  x: Value,
  axis: number,
  size: number,
  reduce: PoolReduction,
): Value {
  const extent = defined(x.shape[axis], 'the pooled axis');
  const windows = windowCount(extent, size, reduce);
  const whole = fitAxis(builder, x, axis, windows * size);
  const split = builder.reshape(whole, [
    ...x.shape.slice(0, axis),
    windows,
    size,
    ...x.shape.slice(axis + 1),
  ]);
  switch (reduce) {
    case 'mean':
      return builder.mean(split, [axis + 1]);
    case 'max':
      return builder.reduce('max', split, [axis + 1]);
    case 'first':
      return builder.reshape(builder.sliceAxis(split, axis + 1, 0, 1), x.shape.with(axis, windows));
  }
}

/** Cuts or pads the end of an axis. */
function fitAxis(builder: Builder, x: Value, axis: number, extent: number): Value {
  const before = defined(x.shape[axis], 'the pooled axis');
  if (extent <= before) return builder.sliceAxis(x, axis, 0, extent);
  const none = x.shape.map(() => 0);
  return builder.pad(x, none, none.with(axis, extent - before));
}
