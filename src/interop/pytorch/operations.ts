import { defined } from '../../core/invariant';
import type { BinaryOp, ConvAttributes, OpKind, Value } from '../../ir/types';
import { ALL, contractedAxes, NONE, type Placement } from './placement';
import { keyCode, streamCode } from './randomStreams';
import { divisorCode, meanOf, reduction, sizedExpression, tidy } from './reductions';
import { BINARY, COMPARISONS, infix, over, times, UNARY } from './scalarOperations';
import { broadcastCode, indexCode, insertedAxes, reshapeSource, sliceStart } from './viewCode';
import { broadcastOf, isWhole, list, method, number, whole, type Printed } from './printed';
import { atom, BINDING, pythonNumber, within, type Expression } from './python';
import { sizeCode } from './extents';
import type { ValuePrinter } from './valuePrinter';

/** Writes an op with its operands. `place`: which rows of the result are asked for. */
type Operation<K extends OpKind> = (
  value: Value<K>,
  printer: ValuePrinter,
  place: Placement,
) => Printed;

const OPERATIONS: { readonly [K in OpKind]: Operation<K> } = {
  input: (value, { around }) => {
    const { role, name } = value.attributes;
    switch (role) {
      case 'data':
        return whole(value, atom(around.data(name)));
      case 'state':
        return whole(value, atom(around.state(name)));
      case 'live':
        return number(value, atom(around.live(name)));
      case 'step':
        return whole(value, atom('run.step'));
    }
  },
  constant: (value, { around }) => {
    const sized = around.sizes.constant(value);
    if (sized === null) {
      const { value: constant } = value.attributes;
      if (value.dtype === 'bool') return number(value, atom(constant === 0 ? 'False' : 'True'));
      const code = pythonNumber(constant, value.dtype === 'i32');
      return number(value, { code, binding: constant < 0 ? BINDING.unary : BINDING.atom });
    }
    const size = sizedExpression(sizeCode(sized.size, false));
    const factor = atom(pythonNumber(tidy(sized.factor)));
    return number(value, sized.power === 1 ? (sized.factor === 1 ? size : times(factor, size)) : over(factor, size)); // prettier-ignore
  },
  literal: (value) => {
    const { values } = value.attributes;
    const items = values.map((item) => pythonNumber(item, value.dtype === 'i32'));
    const flat = `array([${items.join(', ')}])`;
    return whole(
      value,
      value.shape.length === 1 ? atom(flat) : atom(`${flat}.reshape(${value.shape.join(', ')})`),
    );
  },
  iota: (value, printer, place) => {
    const { axis } = value.attributes;
    const size = printer.size(value, axis, place);
    const isOwn = place.of === 'own' && place.axis === axis;
    const present = value.shape.map((_, other) => other === axis);
    const counted = atom(`${isOwn ? 'row_numbers' : 'numbers'}(${size})`);
    const rank = value.shape.length - axis;
    const index = [':', ...Array.from({ length: rank - 1 }, () => 'None')].join(', ');
    const code = rank === 1 ? counted : atom(`${counted.code}[${index}]`);
    return { ...code, rank, present, isNumber: false };
  },
  random: (value, printer) =>
    whole(
      value,
      atom(
        streamCode(
          printer,
          'uniform',
          value,
          value.attributes.key,
          defined(value.operands[0], 'counter'),
        ),
      ),
    ),
  sampleRows: (value, printer) => {
    const { key, count } = value.attributes;
    const counter = printer.operand(value, 0, NONE);
    return whole(value, atom(`sample_rows(${keyCode(key)}, ${counter.code}, ${count})`));
  },
  iteration: (value) => number(value, atom('turn')),
  // Given names by the loop that they belong to.
  carried: (value, { around }) => around.read(value),
  repeatResult: (value, { around }) => around.read(value),

  unary: (value, printer, place) => {
    const { op } = value.attributes;
    const x = printer.operand(value, 0, place);
    const made = op === 'sqrt' && !x.isNumber && !isPositive(value.operands[0]) ? atom(`root(${x.code})`) : UNARY[op](x); // prettier-ignore
    return { ...made, ...broadcastOf([x]) };
  },
  binary: (value, printer, place) => {
    const { op } = value.attributes;
    const [left, right] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
    const mean = op === 'mul' ? meanOf(value, printer, place) : null;
    if (mean) return mean;
    const a = printer.placed(left, place);
    if (op === 'mul' && left === right && !a.isNumber) {
      return {
        code: /^[\w.]+$/.test(a.code) ? `${a.code}**2` : `${within(a, BINDING.atom)} ** 2`,
        binding: BINDING.power,
        ...broadcastOf([a, a]),
      };
    }
    const b = printer.placed(right, place);
    const more = broadcastOf([a, b]);
    if (isNeutral(op, b) && !a.isNumber) return { ...a, ...more };
    if (isNeutral(op, a) && op !== 'sub' && op !== 'div' && !b.isNumber) return { ...b, ...more };
    const divisor = op === 'mul' ? divisorCode(right, printer) : null;
    return { ...(divisor === null ? BINARY[op](a, b) : over(a, divisor)), ...more };
  },
  compare: (value, printer, place) => {
    const [a, b] = [printer.operand(value, 0, place), printer.operand(value, 1, place)];
    const operator = COMPARISONS[value.attributes.op];
    return {
      ...infix(operator, BINDING.comparison)(bracketed(a), b),
      ...broadcastOf([a, b]),
    };
  },
  select: (value, printer, place) => {
    const condition = printer.operand(value, 0, place);
    const [then, otherwise] = [printer.operand(value, 1, place), printer.operand(value, 2, place)];
    const all = broadcastOf([condition, then, otherwise]);
    if (condition.isNumber) {
      return {
        code: `${within(then, BINDING.or)} if ${condition.code} else ${within(otherwise, 0)}`,
        binding: BINDING.conditional,
        ...all,
      };
    }
    return {
      ...atom(`torch.where(${condition.code}, ${then.code}, ${otherwise.code})`),
      ...all,
    };
  },
  cast: (value, printer, place) => {
    const x = printer.operand(value, 0, place);
    const more = broadcastOf([x]);
    if (x.isNumber) {
      const type = { f32: 'float', i32: 'int', bool: 'bool' }[value.attributes.to];
      return { ...atom(`${type}(${x.code})`), ...more };
    }
    const type = { f32: 'run.dtype', i32: 'torch.int64', bool: 'torch.bool' }[value.attributes.to];
    return { ...method(x, 'to', type), ...more };
  },
  stopGradient: (value, printer, place) => {
    const x = printer.operand(value, 0, place);
    return x.isNumber ? x : { ...method(x, 'detach'), ...broadcastOf([x]) };
  },

  reshape: (value, printer, place) => {
    const operand = printer.operandOf(value, 0);
    const from = reshapeSource(printer, operand, place);
    const x = printer.placed(operand, from);
    const sizes = value.shape.map((_, axis) => printer.size(value, axis, place));
    if (x.isNumber) return number(value, x);
    const squeezed = insertedAxes(operand.shape, value.shape);
    if (isWhole(x) && squeezed) return whole(value, atom(`${within(x, 10)}[${squeezed}]`));
    return whole(value, method(printer.expanded(operand, x, from), 'reshape', ...sizes));
  },
  transpose: (value, printer, place) => {
    const operand = printer.operandOf(value, 0);
    const from = printer.around.placeOf(operand);
    const x = printer.full(operand, from.of === 'own' && place.of !== 'own' ? ALL : from);
    const { permutation } = value.attributes;
    const rank = permutation.length;
    const swapsLast = permutation.every((axis, index) =>
      index < rank - 2 ? axis === index : axis === (index === rank - 1 ? rank - 2 : rank - 1),
    );
    return whole(
      value,
      swapsLast
        ? atom(`${within(x, 10)}.${rank === 2 ? 'T' : 'mT'}`)
        : method(x, 'permute', ...permutation.map(String)),
    );
  },
  broadcast: (value, printer, place) => {
    const operand = printer.operandOf(value, 0);
    const from = printer.around.placeOf(operand);
    const x = printer.placed(operand, from.of === 'own' && place.of === 'all' ? ALL : from);
    return broadcastCode(value, operand, x);
  },
  slice: (value, printer, place) => {
    const operand = printer.operandOf(value, 0);
    const from = printer.around.placeOf(operand);
    const x = printer.placed(operand, from.of === 'own' && place.of !== 'own' ? ALL : from);
    const { start, end } = value.attributes;
    const index = indexCode(x, (axis) => {
      const extent = operand.shape[axis] ?? 0;
      const [low = 0, high = extent] = [start[axis], end[axis]];
      if (low === 0 && high === extent) return ':';
      const size = printer.size(value, axis, place);
      const fixed = /^\d+$/.test(size);
      const stop = high === extent ? '' : fixed ? String(high) : low === 0 ? size : `${low} + ${size}`; // prettier-ignore
      // What is cut off the end of rows that are counted by the batch.
      const first = fixed || low === 0 ? String(low) : sliceStart(printer, operand, axis, low, from); // prettier-ignore
      return `${low === 0 ? '' : first}:${stop}`;
    });
    return { ...(index === null ? x : atom(`${within(x, 10)}[${index}]`)), ...kept(x) };
  },
  pad: (value, printer, place) => {
    const operand = printer.operandOf(value, 0);
    const from = printer.around.placeOf(operand);
    const x = printer.full(operand, from.of === 'own' && place.of !== 'own' ? ALL : from);
    const { low, high, value: filling } = value.attributes;
    const widths = low.map((width, axis) => [width, high[axis] ?? 0] as const);
    const first = widths.findIndex(([a, b]) => a !== 0 || b !== 0);
    const given = widths.slice(Math.max(first, 0)).reverse().flat();
    const more = filling === 0 ? '' : `, value=${pythonNumber(filling)}`;
    return whole(value, atom(`F.pad(${x.code}, ${list(given)}${more})`));
  },
  concat: (value, printer, place) => {
    const { axis } = value.attributes;
    const parts = value.operands.map((operand) => printer.full(operand, place).code);
    return whole(
      value,
      atom(`torch.cat([${parts.join(', ')}]${axis === 0 ? '' : `, dim=${axis}`})`),
    );
  },

  reduce: (value, printer) => {
    const { kind, axes } = value.attributes;
    return reduction(value, printer, axes, (x, dims) =>
      method(x, { sum: 'sum', max: 'amax', min: 'amin' }[kind], ...dims),
    );
  },
  argReduce: (value, printer) => {
    const { kind, axis } = value.attributes;
    return reduction(value, printer, [axis], (x) => method(x, `arg${kind}`, String(axis)));
  },

  dot: (value, printer, place) => {
    const { transposeLeft, transposeRight } = value.attributes;
    const inner = contractedAxes(value);
    const [left, right] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
    const places = [left, right].map((operand) => printer.around.placeOf(operand));
    const addsRows = places.some((at, side) => at.of === 'own' && at.axis === inner[side]);
    const want = (side: 0 | 1): Placement => {
      const own = defined(places[side], 'place');
      if (!addsRows) return place.of === 'own' ? own : own.of === 'none' ? own : ALL;
      return place.of === 'none' ? { of: 'own', axis: inner[side] } : ALL;
    };
    const a = printer.full(left, want(0));
    const b = printer.full(right, want(1));
    const turn = (x: Expression, transposed: boolean, rank: number): Expression =>
      transposed ? atom(`${within(x, 10)}.${rank === 2 ? 'T' : 'mT'}`) : x;
    const rank = value.shape.length;
    const product = infix('@', BINDING.product)(turn(a, transposeLeft, rank), turn(b, transposeRight, rank)); // prettier-ignore
    return whole(
      value,
      addsRows && place.of === 'none' ? atom(`across_ranks(${product.code})`) : product,
    );
  },
  conv2d: (value, printer, place) =>
    convolution('conv2d', value, printer, place, value.attributes, ''),
  conv2dInputGradient: (value, printer, place) =>
    convolution(
      'conv2d_transposed',
      value,
      printer,
      place,
      value.attributes,
      `, ${list(value.shape.slice(1, 3))}`,
    ),
  conv2dFilterGradient: (value, printer) => {
    const [x, gradient] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
    const made = atom(
      `conv2d_filter_gradient(${printer.full(x, printer.around.placeOf(x)).code}, ${printer.full(gradient, printer.around.placeOf(gradient)).code}, ${list(value.shape)}, ${convCode(value.attributes)})`,
    );
    return whole(value, atom(`across_ranks(${made.code})`));
  },

  gather: (value, printer, place) => {
    const [table, indices] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
    const rows = printer.around.placeOf(table);
    const x = printer.full(table, rows.of === 'own' ? ALL : rows);
    const i = printer.full(indices, place.of === 'own' ? place : ALL);
    return whole(value, atom(`${within(x, 10)}[${i.code}]`));
  },
  scatterAdd: (value, printer) => {
    const indices = printer.full(printer.operandOf(value, 0), ALL);
    const updates = printer.full(printer.operandOf(value, 1), ALL);
    const size = printer.size(value, 0, ALL);
    return whole(value, atom(`scatter_add(${indices.code}, ${updates.code}, ${size})`));
  },
};

function bracketed(x: Printed): Expression {
  return x.binding <= BINDING.comparison ? atom(`(${x.code})`) : x;
}

/** Whether a root has a finite derivative there: something is added to what is no less than 0. */
function isPositive(x: Value | undefined): boolean {
  if (x?.kind !== 'binary') return false;
  const { op } = x.attributes as { op: BinaryOp };
  return (
    op === 'add' &&
    x.operands.some(
      (operand) =>
        operand.kind === 'constant' && (operand.attributes as { value: number }).value > 0,
    )
  );
}

/** Whether an operand changes nothing: + 0, · 1. */
function isNeutral(op: BinaryOp, { code, isNumber }: Printed): boolean {
  if (!isNumber) return false;
  return ['add', 'sub'].includes(op) ? code === '0.0' : ['mul', 'div'].includes(op) && code === '1.0'; // prettier-ignore
}

function kept(x: Printed): Pick<Printed, 'rank' | 'present' | 'isNumber'> {
  return { rank: x.rank, present: x.present, isNumber: x.isNumber };
}

function convolution(
  name: string,
  value: Value,
  printer: ValuePrinter,
  place: Placement,
  attributes: ConvAttributes,
  more: string,
): Printed {
  const [x, filter] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
  const rows = place.of === 'own' ? place : ALL;
  return whole(
    value,
    atom(`${name}(${printer.full(x, rows).code}, ${printer.full(filter, printer.around.placeOf(filter)).code}, ${convCode(attributes)}${more})`), // prettier-ignore
  );
}

function convCode({ strides, padding }: ConvAttributes): string {
  return `${list(strides)}, ${list(padding.flat())}`;
}

/** An op as PyTorch. */
export function printOp<K extends OpKind>(
  value: Value<K>,
  printer: ValuePrinter,
  place: Placement,
): Printed {
  return OPERATIONS[value.kind](value, printer, place);
}
