import { defined } from '../../src/core/invariant';
import type { RandomStream } from '../../src/core/random';
import { elementCount, type Shape, type Value } from '../../src/ir/types';
import { ParityDraft, type ParityCase } from './parityCase';

/** A value and a bound on the size of its elements. */
interface Bounded {
  readonly value: Value;
  readonly bound: number;
}

const MOST_ELEMENTS = 2048;
const LARGEST = 8;

/**
 * A random program of about `length` operations on small f32 arrays: elementwise chains, views, reductions,
 * products, indexing, loops, state. A function of the seed. All values stay of moderate size, and every
 * expression is continuous in its inputs, so float32 engines agree with the oracle to the case's tolerance.
 */
export function randomProgram(seed: number, length = 14): ParityCase {
  const draft = new ParityDraft(`random program ${seed}`, [], seed);
  const { builder, random } = draft;
  const pool: Bounded[] = [
    { value: draft.input(randomShape(random)), bound: 2 },
    { value: draft.input(randomShape(random)), bound: 2 },
    { value: builder.cast(draft.step(), 'f32'), bound: 3 },
    { value: draft.live('gain', 0.75), bound: 1 },
    { value: builder.random([seed, 17], draft.step(), randomShape(random)), bound: 1 },
  ];
  for (let i = 0; i < length; i++) {
    const made = pick(random, OPERATIONS)(draft, pick(random, pool), pool);
    // Large values are brought back, so that errors do not grow along the chain.
    pool.push(made.bound > LARGEST ? { value: builder.unary('tanh', made.value), bound: 1 } : made);
  }
  pool.slice(-4).forEach(({ value }) => draft.output(value));
  const last = defined(pool.at(-1), 'last value').value;
  const state = draft.state('state', last.shape, { kind: 'uniform', bound: 0.5, key: [seed, 4] });
  const next = builder.add(builder.mul(state, 0.5), builder.mul(last, 0.5));
  draft.update('state', next);
  draft.metric('mean', builder.mean(next));
  return draft.finish({
    steps: 3,
    liveAfterFirstStep: { gain: -0.5 },
    relativeTolerance: 1e-4,
    absoluteTolerance: 1e-4,
  });
}

type Operation = (draft: ParityDraft, x: Bounded, pool: readonly Bounded[]) => Bounded;

const OPERATIONS: readonly Operation[] = [
  elementwise,
  elementwise,
  elementwise,
  combine,
  combine,
  combine,
  reshape,
  transpose,
  broadcast,
  slice,
  pad,
  concat,
  reduce,
  reduce,
  dot,
  dot,
  rows,
  loop,
  normalize,
];

function pick<T>(random: RandomStream, list: readonly T[]): T {
  return defined(list[random.integer(list.length)], 'choice');
}

function randomShape(random: RandomStream): Shape {
  return Array.from({ length: random.integer(4) }, () => pick(random, [1, 2, 3, 4, 5, 7]));
}

function elementwise({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const away = (): Value => builder.add(builder.unary('abs', value), 0.5);
  switch (random.integer(9)) {
    case 0:
      return { value: builder.unary('tanh', value), bound: 1 };
    case 1:
      return { value: builder.unary('sigmoid', value), bound: 1 };
    case 2:
      return { value: builder.neg(value), bound };
    case 3:
      return { value: builder.unary('softplus', value), bound: bound + 1 };
    case 4:
      return { value: builder.exp(builder.unary('tanh', value)), bound: 3 };
    case 5:
      return { value: builder.sqrt(away()), bound: Math.sqrt(bound + 0.5) };
    case 6:
      return { value: builder.log(away()), bound: Math.log(bound + 2) };
    case 7:
      return { value: builder.unary('erf', value), bound: 1 };
    default: {
      const scaled = builder.mul(value, 0.5);
      return { value: builder.select(builder.compare('gt', value, 0), value, scaled), bound };
    }
  }
}

function combine({ builder, random }: ParityDraft, x: Bounded, pool: readonly Bounded[]): Bounded {
  const fitting = pool.filter(({ value }) => broadcastsTo(value.shape, x.value.shape));
  const y = random.integer(5) === 0 ? null : pick(random, fitting);
  const right = y?.value ?? pick(random, [0, 1, -1, 2, 0.25]);
  const bound = y?.bound ?? 2;
  switch (random.integer(6)) {
    case 0:
      return { value: builder.add(x.value, right), bound: x.bound + bound };
    case 1:
      return { value: builder.sub(x.value, right), bound: x.bound + bound };
    case 2:
      return { value: builder.mul(x.value, right), bound: x.bound * bound };
    case 3:
      return { value: builder.max(x.value, right), bound: Math.max(x.bound, bound) };
    case 4:
      return { value: builder.min(x.value, right), bound: Math.max(x.bound, bound) };
    default: {
      const divisor = y ? builder.add(builder.unary('abs', y.value), 0.5) : 2;
      return { value: builder.div(x.value, divisor), bound: x.bound * 2 };
    }
  }
}

function broadcastsTo(from: Shape, to: Shape): boolean {
  const shift = to.length - from.length;
  return shift >= 0 && from.every((extent, axis) => extent === 1 || extent === to[axis + shift]);
}

function reshape({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const count = elementCount(value.shape);
  const divisors = [1, 2, 3, 4, 5, 7].filter((divisor) => count % divisor === 0);
  const first = pick(random, divisors);
  const shape = pick<Shape>(random, [[count], [first, count / first], [count / first, 1, first]]);
  return { value: builder.reshape(value, shape), bound };
}

function transpose({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const axes = value.shape.map((_, axis) => axis);
  const permutation: number[] = [];
  while (axes.length > 0) permutation.push(...axes.splice(random.integer(axes.length), 1));
  return { value: builder.transpose(value, permutation), bound };
}

function broadcast({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const extent = pick(random, [1, 2, 3]);
  const at = random.integer(value.shape.length + 1);
  const shape = [...value.shape.slice(0, at), extent, ...value.shape.slice(at)];
  if (shape.length > 5 || elementCount(shape) > MOST_ELEMENTS) return { value, bound };
  const axes = value.shape.map((_, axis) => (axis < at ? axis : axis + 1));
  return { value: builder.broadcast(value, shape, axes), bound };
}

function slice({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const start = value.shape.map((extent) => random.integer(extent));
  const end = value.shape.map((extent, axis) => {
    const low = defined(start[axis], 'start');
    return low + 1 + random.integer(extent - low);
  });
  return { value: builder.slice(value, start, end), bound };
}

function pad({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const width = (): number => pick(random, [0, 0, 1, 2]);
  const low = value.shape.map(width);
  const high = value.shape.map(width);
  const count = elementCount(
    value.shape.map((extent, axis) => extent + (low[axis] ?? 0) + (high[axis] ?? 0)),
  );
  if (count > MOST_ELEMENTS) return { value, bound };
  return { value: builder.pad(value, low, high, pick(random, [0, 1])), bound: Math.max(bound, 1) };
}

function concat({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  if (value.shape.length === 0 || elementCount(value.shape) * 3 > MOST_ELEMENTS) {
    return { value, bound };
  }
  const axis = random.integer(value.shape.length);
  const parts = [value, builder.neg(value), builder.sliceAxis(value, axis, 0, 1)];
  return { value: builder.concat(parts.slice(0, 1 + random.integer(3)), axis), bound };
}

function reduce({ builder, random }: ParityDraft, { value, bound }: Bounded): Bounded {
  const axes = value.shape.map((_, axis) => axis).filter(() => random.integer(2) === 0);
  const reduced =
    random.integer(2) === 0
      ? builder.mean(value, axes)
      : builder.reduce(pick(random, ['max', 'min']), value, axes);
  return { value: reduced, bound };
}

function dot(draft: ParityDraft, { value, bound }: Bounded): Bounded {
  const { builder, random } = draft;
  const count = elementCount(value.shape);
  const inner = value.shape.at(-1) ?? 1;
  const matrix = builder.reshape(value, [count / inner, inner]);
  const columns = pick(random, [1, 3, 6]);
  if ((count / inner) * columns > MOST_ELEMENTS) return { value, bound };
  const [left, right] = [random.integer(2) === 1, random.integer(2) === 1];
  const other = draft.input(right ? [columns, inner] : [inner, columns]);
  const stored = left ? builder.transpose(matrix, [1, 0]) : matrix;
  const product = builder.dot(stored, other, { left, right });
  return { value: builder.mul(product, 1 / inner), bound: bound * 2 };
}

function rows(draft: ParityDraft, { value, bound }: Bounded): Bounded {
  const { builder, random } = draft;
  const [extent] = value.shape;
  if (extent === undefined || elementCount(value.shape) * 4 > MOST_ELEMENTS)
    return { value, bound };
  const count = 1 + random.integer(6);
  const indices = draft.indices([count], extent);
  const gathered = builder.gather(value, indices);
  if (random.integer(2) === 0) return { value: gathered, bound };
  return { value: builder.scatterAdd(indices, gathered, value.shape), bound: bound * count };
}

function loop({ builder, random }: ParityDraft, { value }: Bounded): Bounded {
  const start = builder.constant(0.25, value.shape);
  const results = builder.repeat(1 + random.integer(4), [start, start], ([a, b], iteration) => {
    const [first, second] = [defined(a, 'carried value'), defined(b, 'carried value')];
    const shift = builder.mul(builder.cast(iteration, 'f32'), 0.1);
    const driven = builder.add(builder.mul(first, 0.5), builder.mul(value, 0.5));
    return [builder.unary('tanh', builder.add(driven, shift)), builder.add(second, first)];
  });
  return { value: defined(results[random.integer(2)], 'result'), bound: 5 };
}

/** (x − mean)/√(variance + 1), over all elements. */
function normalize({ builder }: ParityDraft, { value, bound }: Bounded): Bounded {
  const centred = builder.sub(value, builder.mean(value));
  const deviation = builder.sqrt(builder.add(builder.mean(builder.square(centred)), 1));
  return { value: builder.div(centred, deviation), bound: 2 * bound };
}
