import { defined } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import type { Value } from '../../ir/types';
import { dotProduct, viewMap } from './viewMap';

/** Element (c₀, c₁, …) of a value is element offset + Σ cᵢ·stridesᵢ of `base`. */
export interface AffineView {
  readonly base: Value;
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Follows a value through views down to the first value that is none, or that `isPlaced`, as long as one stride
 * an axis says where elements are. A reshape that joins axes of a transposed value does not allow that.
 */
export function affineView(value: Value, isPlaced: (value: Value) => boolean): AffineView {
  let view: AffineView = { base: value, strides: rowMajorStrides(value.shape), offset: 0 };
  while (!isPlaced(view.base)) {
    const next = lookThrough(value, view);
    if (!next) break;
    view = next;
  }
  return view;
}

/** The same elements as elements of the base's operand; null when the base is no view, or strides do not say it. */
function lookThrough(value: Value, { base, strides, offset }: AffineView): AffineView | null {
  const map = viewMap(base);
  const operand = base.operands[0];
  if (!map || !operand) return null;
  const own = rowMajorStrides(base.shape);
  const start = base.shape.map((extent, axis) => {
    return Math.floor(offset / defined(own[axis], 'stride')) % extent;
  });
  const last = [...start];
  const result: number[] = [];
  for (let axis = 0; axis < strides.length; axis++) {
    const step = defined(strides[axis], 'stride');
    const steps = defined(value.shape[axis], 'extent') - 1;
    if (steps === 0 || step === 0) {
      result.push(0);
      continue;
    }
    // The axis of the base along which these steps go.
    const along = own.findIndex((stride, place) => {
      const extent = defined(base.shape[place], 'extent');
      return extent > 1 && step % stride === 0 && step < stride * extent;
    });
    if (along < 0) return null;
    const pace = step / defined(own[along], 'stride');
    last[along] = defined(last[along], 'coordinate') + pace * steps;
    result.push(pace * defined(map.strides[along], 'stride'));
  }
  // A step over the end of an axis would carry into the next one.
  if (last.some((coordinate, axis) => coordinate >= defined(base.shape[axis], 'extent')))
    return null;
  return { base: operand, strides: result, offset: map.offset + dotProduct(start, map.strides) };
}
