import { defined } from '../../core/invariant';
import type { Word2 } from '../../core/threefry';
import type {
  BinaryOp,
  Comparison,
  ConvAttributes,
  OpKind,
  Shape,
  UnaryOp,
  Value,
} from '../../ir/types';
import { contractedAxes, type Placement } from './placement';
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

const OWN_ROWS_ONLY: Placement = { of: 'none' };
const ALL: Placement = { of: 'all' };

/** Functions of one number: of tensors, and of Python's own numbers. */
const UNARY: { readonly [K in UnaryOp]: (x: Printed) => Expression } = {
  neg: (x) => ({ code: `-${within(x, BINDING.unary)}`, binding: BINDING.unary }),
  abs: (x) => (x.isNumber ? atom(`abs(${x.code})`) : method(x, 'abs')),
  sign: (x) => tensorOnly(x, 'sign'),
  floor: (x) => (x.isNumber ? atom(`math.floor(${x.code})`) : method(x, 'floor')),
  exp: (x) => ofMath(x, 'exp'),
  log: (x) => ofMath(x, 'log'),
  sqrt: (x) => ofMath(x, 'sqrt'),
  sin: (x) => ofMath(x, 'sin'),
  cos: (x) => ofMath(x, 'cos'),
  tanh: (x) => ofMath(x, 'tanh'),
  sigmoid: (x) => tensorOnly(x, 'sigmoid'),
  softplus: (x) => atom(`F.softplus(${asTensor(x)})`),
  erf: (x) => (x.isNumber ? atom(`math.erf(${x.code})`) : method(x, 'erf')),
  not: (x) =>
    x.isNumber
      ? atom(`(not ${x.code})`)
      : { code: `~${within(x, BINDING.unary)}`, binding: BINDING.unary },
  isFinite: (x) =>
    x.isNumber ? atom(`math.isfinite(${x.code})`) : atom(`torch.isfinite(${x.code})`),
};

function ofMath(x: Printed, name: string): Expression {
  return x.isNumber ? atom(`math.${name}(${x.code})`) : method(x, name);
}

function asTensor(x: Printed): string {
  return x.isNumber ? `torch.tensor(${x.code})` : x.code;
}

function tensorOnly(x: Printed, name: string): Expression {
  return x.isNumber ? method(atom(asTensor(x)), name) : method(x, name);
}

function infix(operator: string, binding: number, leftToRight = true) {
  return (a: Expression, b: Expression): Expression => ({
    code: `${within(a, binding)} ${operator} ${within(b, leftToRight ? binding + 1 : binding)}`,
    binding,
  });
}

const plus = infix('+', BINDING.sum);
const times = infix('*', BINDING.product);
const over = infix('/', BINDING.product);

const BINARY: { readonly [K in BinaryOp]: (a: Printed, b: Printed) => Expression } = {
  add: plus,
  sub: infix('-', BINDING.sum),
  mul: times,
  div: over,
  max: (a, b) => extreme(a, b, 'max', 'min'),
  min: (a, b) => extreme(a, b, 'min', 'max'),
  pow: (a, b) => ({
    code: `${within(a, BINDING.atom)} ** ${within(b, BINDING.power)}`,
    binding: BINDING.power,
  }),
  and: infix('&', BINDING.bitAnd),
  or: infix('|', BINDING.bitOr),
};

function extreme(a: Printed, b: Printed, kind: 'max' | 'min', bound: 'max' | 'min'): Expression {
  if (a.isNumber && b.isNumber) return atom(`${kind}(${a.code}, ${b.code})`);
  if (a.isNumber) return extreme(b, a, kind, bound);
  if (!b.isNumber) return atom(`torch.${kind}imum(${a.code}, ${b.code})`);
  // relu has the derivative 0 at 0.
  if (kind === 'max' && b.code === '0.0') return atom(`torch.relu(${a.code})`);
  return method(a, 'clamp', `${bound}=${b.code}`);
}

const COMPARISONS: { readonly [K in Comparison]: string } = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
};

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
    const counter = printer.operand(value, 0, OWN_ROWS_ONLY);
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

/** `run.batch`, or an expression of it that binds like a product. */
function sizedExpression(code: string): Expression {
  return {
    code,
    binding: / [+-] /.test(code)
      ? BINDING.sum
      : code.includes('*')
        ? BINDING.product
        : BINDING.atom,
  };
}

/** Takes off what dividing and multiplying has left. */
function tidy(x: number): number {
  const near = Math.round(x);
  return near !== 0 && Math.abs(x - near) < 1e-9 * Math.abs(near) ? near : x;
}

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

/** n, where a factor is 1/n. */
function divisorCode(factor: Value, printer: ValuePrinter): Expression | null {
  if (factor.kind !== 'constant') return null;
  const sized = printer.around.sizes.constant(factor);
  if (sized !== null) {
    const isInverse = sized.power === -1 && tidy(sized.factor) === 1;
    return isInverse ? sizedExpression(sizeCode(sized.size, false)) : null;
  }
  const { value } = factor.attributes as { value: number };
  const inverse = Math.round(1 / value);
  return Math.abs(value) < 1 && 1 / inverse === value && inverse > 1
    ? atom(pythonNumber(inverse, true))
    : null;
}

/** A sum times one over the number of what was added up. */
function meanOf(value: Value<'binary'>, printer: ValuePrinter, place: Placement): Printed | null {
  const [sum, factor] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
  if (sum.kind !== 'reduce' || factor.kind !== 'constant') return null;
  if (!printer.around.isInline(sum)) return null;
  const { kind, axes } = sum.attributes as { kind: string; axes: readonly number[] };
  const of = printer.operandOf(sum, 0);
  const count = axes.reduce((product, axis) => product * (of.shape[axis] ?? 1), 1);
  const { value: given } = factor.attributes as { value: number };
  if (kind !== 'sum' || Math.abs(given * count - 1) > 1e-12) return null;
  const from = printer.around.placeOf(of);
  const byRows = from.of === 'own' && axes.includes(from.axis);
  const sized = printer.around.sizes.constant(factor);
  if ((sized !== null) !== axes.some((axis) => (printer.around.sizes.extents(of)[axis]?.perBatch ?? 0) > 0)) return null; // prettier-ignore
  if (from.of !== place.of && !byRows) return null;
  const x = printer.full(of, from);
  const dims = axes.length === of.shape.length ? [] : [axes.length === 1 ? String(axes[0]) : list(axes)]; // prettier-ignore
  return whole(
    value,
    byRows ? atom(`batch_mean(${[x.code, ...dims].join(', ')})`) : method(x, 'mean', ...dims),
  );
}

function reduction(
  value: Value<'reduce' | 'argReduce'>,
  printer: ValuePrinter,
  axes: readonly number[],
  write: (x: Printed, dims: readonly string[]) => Expression,
): Printed {
  const operand = printer.operandOf(value, 0);
  const from = printer.around.placeOf(operand);
  const mixes = from.of === 'own' && axes.includes(from.axis);
  const isSum = value.kind === 'reduce' && (value.attributes as { kind: string }).kind === 'sum';
  const x = printer.full(operand, mixes && !isSum ? ALL : from);
  const dims = axes.length === operand.shape.length ? [] : [axes.length === 1 ? String(axes[0]) : list(axes)]; // prettier-ignore
  const made = write(x, dims);
  return whole(value, mixes && isSum ? atom(`across_ranks(${made.code})`) : made);
}

function kept(x: Printed): Pick<Printed, 'rank' | 'present' | 'isNumber'> {
  return { rank: x.rank, present: x.present, isNumber: x.isNumber };
}

function sliceStart(
  printer: ValuePrinter,
  operand: Value,
  axis: number,
  low: number,
  from: Placement,
): string {
  const extent = operand.shape[axis] ?? 0;
  // From the half of stacked views on.
  return low * 2 === extent
    ? `${printer.size(operand, axis, from.of === 'own' ? ALL : from)} // 2`
    : String(low);
}

/** What stands between square brackets; null where nothing is cut. */
function indexCode(x: Printed, part: (axis: number) => string): string | null {
  const first = x.present.length - x.rank;
  const parts = x.present.map((isPresent, axis) => (isPresent ? part(axis) : ':')).slice(first);
  while (parts.at(-1) === ':') parts.pop();
  return parts.length === 0 ? null : parts.join(', ');
}

/** `:, None` where a reshape does nothing but put in axes of extent 1. */
function insertedAxes(from: Shape, to: Shape): string | null {
  if (to.length <= from.length || from.length === 0) return null;
  let next = 0;
  const parts = to.map((extent) => {
    if (next < from.length && extent === from[next]) {
      next++;
      return ':';
    }
    return extent === 1 ? 'None' : null;
  });
  if (next !== from.length || parts.includes(null)) return null;
  while (parts.at(-1) === ':') parts.pop();
  return parts.join(', ');
}

/** Axes that are new or stretched are not there: PyTorch broadcasts. */
function broadcastCode(value: Value<'broadcast'>, operand: Value, x: Printed): Printed {
  const { axes } = value.attributes;
  if (x.isNumber) return number(value, x);
  const first = operand.shape.length - x.rank;
  const places = new Map<number, number>();
  axes.forEach((axis, index) => {
    if (index >= first) places.set(axis, index);
  });
  const present = value.shape.map((extent, axis) => {
    const index = places.get(axis);
    return index !== undefined && x.present[index] === true && operand.shape[index] === extent;
  });
  const start = Math.min(...places.keys(), value.shape.length);
  const parts = value.shape.map((_, axis) => (places.has(axis) ? ':' : 'None')).slice(start);
  while (parts.at(-1) === ':') parts.pop();
  const code = parts.length === 0 ? x : atom(`${within(x, 10)}[${parts.join(', ')}]`);
  return { code: code.code, binding: code.binding, rank: value.shape.length - start, present, isNumber: false }; // prettier-ignore
}

function reshapeSource(printer: ValuePrinter, operand: Value, place: Placement): Placement {
  const from = printer.around.placeOf(operand);
  return from.of === 'own' && place.of !== 'own' ? ALL : from;
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

export function keyCode([a, b]: Word2): string {
  return `(0x${a.toString(16).padStart(8, '0')}, 0x${b.toString(16).padStart(8, '0')})`;
}

/** Random numbers of a stream: of the rows of this process where they have rows. */
export function streamCode(
  printer: ValuePrinter,
  name: string,
  value: Value,
  key: Word2,
  counter: Value,
): string {
  const place = printer.around.placeOf(value);
  const isOwn = place.of === 'own' && place.axis === 0;
  const sizes = value.shape.map((_, axis) => printer.size(value, axis, isOwn ? place : ALL));
  const count = printer.placed(counter, OWN_ROWS_ONLY);
  const drawn = `${name}(${keyCode(key)}, ${count.code}, ${list(sizes)}${isOwn ? ', rows=True' : ''})`;
  return place.of === 'own' && !isOwn ? `own_rows(${drawn}, ${place.axis})` : drawn;
}

/** An op as PyTorch. */
export function printOp<K extends OpKind>(
  value: Value<K>,
  printer: ValuePrinter,
  place: Placement,
): Printed {
  return OPERATIONS[value.kind](value, printer, place);
}
