import { defined } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount, type AnyValue, type OpKind, type Value } from '../../ir/types';
import { affineIndex, coordinate } from '../views/affineIndex';
import type { Emission } from './emission';
import type { InlineKind, InlineValue } from './opForms';
import { BINARY, castCode, COMPARE, UNARY } from './scalarOps';
import { dotProduct, viewMap } from '../views/viewMap';
import { literal } from './literals';

/** Code of one element of a value, as an expression, at a flat index that is a name or a literal. */
type InlineRule<K extends InlineKind> = (e: Emission, value: Value<K>, index: string) => string;

function operand(value: Value, index: number): Value {
  return defined(value.operands[index], `operand ${index} of ${value.kind}`);
}

function view<K extends OpKind>(e: Emission, value: Value<K>, index: string): string {
  const { strides, offset } = defined(viewMap(value), 'view');
  return e.emit(operand(value, 0), e.let(affineIndex(index, value.shape, strides, offset)));
}

const RULES: { readonly [K in InlineKind]: InlineRule<K> } = {
  iota: (_, { shape, attributes }, index) => `i32(${coordinate(index, shape, attributes.axis)})`,
  random: (e, value, index) => {
    e.use('uniformAt');
    const [first, second] = value.attributes.key;
    const counter = e.emit(operand(value, 0), '0u');
    return `uniformAt(vec2<u32>(${first}u, ${second}u), bitcast<u32>(${counter}), ${index})`;
  },
  unary: (e, value, index) => {
    const { code, helper } = UNARY[value.attributes.op];
    if (helper) e.use(helper);
    return code(e.emit(operand(value, 0), index));
  },
  binary: (e, value, index) => {
    const { code, helper } = BINARY[value.attributes.op];
    if (helper) e.use(helper);
    return code(e.emit(operand(value, 0), index), e.emit(operand(value, 1), index));
  },
  compare: (e, value, index) => {
    const left = e.emit(operand(value, 0), index);
    return `${left} ${COMPARE[value.attributes.op]} ${e.emit(operand(value, 1), index)}`;
  },
  select: (e, value, index) => {
    const condition = e.emit(operand(value, 0), index);
    const then = e.emit(operand(value, 1), index);
    return `select(${e.emit(operand(value, 2), index)}, ${then}, ${condition})`;
  },
  cast: (e, value, index) => {
    const from = operand(value, 0);
    return castCode(e.emit(from, index), from.dtype, value.attributes.to);
  },
  stopGradient: view,
  reshape: view,
  transpose: view,
  broadcast: view,
  slice: view,
  pad: (e, value, index) => {
    const from = operand(value, 0);
    const { low, value: fill } = value.attributes;
    const inside: string[] = [];
    from.shape.forEach((extent, axis) => {
      const before = defined(low[axis], 'width');
      if (extent === value.shape[axis]) return;
      const place = e.let(coordinate(index, value.shape, axis));
      // One comparison for both ends: below the start the difference wraps to a huge number.
      inside.push(`${before === 0 ? place : `(${place} - ${before}u)`} < ${extent}u`);
    });
    const strides = rowMajorStrides(from.shape);
    const source = affineIndex(index, value.shape, strides, -dotProduct(low, strides));
    const ok = e.let(inside.length === 0 ? 'true' : inside.join(' && '));
    const element = e.emit(from, e.let(`select(0u, ${source}, ${ok})`));
    return `select(${literal(fill, value.dtype)}, ${element}, ${ok})`;
  },
  concat: (e, value, index) => {
    const { axis } = value.attributes;
    const total = defined(value.shape[axis], 'extent');
    const inner = elementCount(value.shape.slice(axis + 1));
    const place = e.let(coordinate(index, value.shape, axis));
    let end = total;
    let result = '';
    // From the last operand to the first: each one overrides what follows it, below its own end.
    for (let number = value.operands.length - 1; number >= 0; number--) {
      const part = operand(value, number);
      const extent = defined(part.shape[axis], 'extent');
      const start = end - extent;
      const strides = rowMajorStrides(part.shape);
      const source = affineIndex(index, value.shape, strides, -start * inner);
      const ok = e.let(`(${place} - ${start}u) < ${extent}u`);
      const element = e.emit(part, e.let(`select(0u, ${source}, ${ok})`));
      result = result === '' ? element : e.let(`select(${result}, ${element}, ${ok})`);
      end = start;
    }
    return result;
  },
  gather: (e, value, index) => {
    const table = operand(value, 0);
    const inner = elementCount(table.shape.slice(1));
    const rows = defined(table.shape[0], 'rows');
    const place = inner === 1 ? index : e.let(`${index} / ${inner}u`);
    // Clamped, so that a wrong index reads some row and never another array.
    const row = `u32(clamp(${e.emit(operand(value, 1), place)}, 0, ${rows - 1}))`;
    const source = inner === 1 ? row : `${row} * ${inner}u + ${index} % ${inner}u`;
    return e.emit(table, e.let(source));
  },
};

export function emitInline(e: Emission, value: InlineValue, index: string): string {
  const rule = RULES[value.kind] as InlineRule<InlineKind>;
  return rule(e, value, index);
}

/** Rough number of operations an element costs, operands not counted. */
export function inlineCost(value: Value): number {
  const any = value as AnyValue;
  switch (any.kind) {
    case 'unary':
      return UNARY[any.attributes.op].cost;
    case 'binary':
      return BINARY[any.attributes.op].cost;
    case 'random':
      return 60;
    case 'reshape':
    case 'stopGradient':
      return 0;
    default:
      return 1;
  }
}
