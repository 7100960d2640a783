import { defined } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount, type AnyValue, type Shape, type Value } from '../../ir/types';
import { isIdentityIndex } from './affineIndex';

/** Where element (c₀, c₁, …) of a view is in its operand: at offset + Σ cᵢ·stridesᵢ. */
export interface ViewMap {
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The map of a value that only rearranges its operand; null for every other value. */
export function viewMap(value: Value): ViewMap | null {
  const view = value as AnyValue;
  const operand = view.operands[0];
  if (!operand) return null;
  const strides = rowMajorStrides(operand.shape);
  switch (view.kind) {
    case 'reshape':
    case 'stopGradient':
      return { strides: rowMajorStrides(view.shape), offset: 0 };
    case 'transpose':
      return {
        strides: view.attributes.permutation.map((axis) => defined(strides[axis], 'stride')),
        offset: 0,
      };
    case 'broadcast': {
      const result = view.shape.map(() => 0);
      view.attributes.axes.forEach((axis, index) => {
        if (operand.shape[index] !== 1) result[axis] = defined(strides[index], 'stride');
      });
      return { strides: result, offset: 0 };
    }
    case 'slice':
      return { strides, offset: dotProduct(view.attributes.start, strides) };
    default:
      return null;
  }
}

/**
 * Where a view starts in its operand when its elements lie there in order, without gaps: then it needs no
 * code at all. Null for all others.
 */
export function aliasOffset(value: Value): number | null {
  const map = viewMap(value);
  return map && isIdentityIndex(value.shape, map.strides) ? map.offset : null;
}

export function dotProduct(a: readonly number[], b: Shape): number {
  return a.reduce((sum, x, axis) => sum + x * defined(b[axis], 'stride'), 0);
}

/** Whether the operands of a concatenation lie one behind the other in memory. */
export function isFlat({ shape, attributes }: Value<'concat'>): boolean {
  return elementCount(shape.slice(0, attributes.axis)) === 1;
}
