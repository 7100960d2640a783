import { invariant } from '../../core/invariant';
import { elementCount } from '../types';
import { expectCount, extent, operand, requestedType, type TypeRules } from './typeRule';

export const viewTypes: TypeRules<
  'reshape' | 'transpose' | 'broadcast' | 'slice' | 'pad' | 'concat'
> = {
  reshape: (operands, _, requested) => {
    expectCount(operands, 1);
    const from = operand(operands, 0);
    const { shape } = requestedType(requested, 'reshape');
    invariant(
      elementCount(from.shape) === elementCount(shape),
      `cannot reshape [${from.shape.join()}] to [${shape.join()}]`,
    );
    return { shape, dtype: from.dtype };
  },
  transpose: (operands, { permutation }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis)),
      'transpose takes a permutation of the axes',
    );
    return { shape: permutation.map((axis) => extent(shape, axis)), dtype };
  },
  broadcast: (operands, { axes }, requested) => {
    expectCount(operands, 1);
    const from = operand(operands, 0);
    const { shape } = requestedType(requested, 'broadcast');
    invariant(
      axes.length === from.shape.length,
      'broadcast takes one result axis for each operand axis',
    );
    axes.forEach((axis, index) => {
      const size = extent(from.shape, index);
      invariant(size === 1 || size === extent(shape, axis), 'broadcast extents do not agree');
      invariant(index === 0 || axis > extent(axes, index - 1), 'broadcast axes must rise');
    });
    return { shape, dtype: from.dtype };
  },
  slice: (operands, { start, end }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      start.length === shape.length && end.length === shape.length,
      'slice takes bounds for every axis',
    );
    return {
      shape: shape.map((size, axis) => {
        const low = extent(start, axis);
        const high = extent(end, axis);
        invariant(
          low >= 0 && low < high && high <= size,
          `slice ${low}..${high} is outside 0..${size}`,
        );
        return high - low;
      }),
      dtype,
    };
  },
  pad: (operands, { low, high }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    return {
      shape: shape.map((size, axis) => {
        const before = extent(low, axis);
        const after = extent(high, axis);
        invariant(before >= 0 && after >= 0, 'pad takes widths from zero');
        return size + before + after;
      }),
      dtype,
    };
  },
  concat: (operands, { axis }) => {
    invariant(operands.length > 0, 'concat takes at least one operand');
    const first = operand(operands, 0);
    let total = 0;
    for (const { shape, dtype } of operands) {
      invariant(
        dtype === first.dtype &&
          shape.length === first.shape.length &&
          shape.every((size, other) => other === axis || size === first.shape[other]),
        'concat operands differ off the axis',
      );
      total += extent(shape, axis);
    }
    return {
      shape: first.shape.map((size, other) => (other === axis ? total : size)),
      dtype: first.dtype,
    };
  },
};
