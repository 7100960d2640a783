import { defined } from '../../../core/invariant';
import { elementCount, type DType, type Value } from '../../../ir/types';
import { operandsIn, type Nest } from './steps';

/** Memory that a nest walks through: bytes to move on along each of its axes. */
export interface Stream {
  readonly source: Value;
  readonly dtype: DType;
  readonly offset: number;
  readonly strides: readonly number[];
}

export interface NestGeometry {
  /** Extents of the loops, outermost first; none is 1. */
  readonly extents: readonly number[];
  /** The stream of an operand that is read from memory. */
  readonly loads: ReadonlyMap<Value, Stream>;
  /** The streams of stored values; those of reductions stand still on the reduced axes. */
  readonly stores: ReadonlyMap<Value, Stream>;
  readonly reduced: ReadonlyMap<Value, readonly boolean[]>;
}

export function bytesOf(dtype: DType): number {
  return dtype === 'bool' ? 1 : 4;
}

interface Walk {
  readonly steps: readonly number[];
}

/** Streams of a nest, with as few axes as they all allow. */
export function nestGeometry({ space, values, stored, accessOf }: Nest): NestGeometry {
  const inside = new Set(values.filter(({ kind }) => kind !== 'reduce'));
  const loads = new Map<Value, Stream>();
  const known = new Map<string, Stream>();
  for (const operand of values.flatMap(operandsIn)) {
    const { source, strides, offset, same } = accessOf(operand);
    if (source.kind === 'constant' || (same && inside.has(source))) continue;
    const size = bytesOf(source.dtype);
    const key = [source.id, offset, ...strides].join();
    const stream = known.get(key) ?? {
      source,
      dtype: source.dtype,
      offset: offset * size,
      strides: strides.map((stride) => stride * size),
    };
    known.set(key, stream);
    loads.set(operand, stream);
  }
  const stores = new Map<Value, Stream>();
  const reduced = new Map<Value, readonly boolean[]>();
  for (const value of values) {
    const isReduced = reducedAxes(value, space.length);
    if (value.kind === 'reduce') reduced.set(value, isReduced);
    if (!stored.has(value)) continue;
    const size = bytesOf(value.dtype);
    const strides = space.map((_, axis) =>
      isReduced[axis]
        ? 0
        : size * elementCount(space.filter((__, after) => after > axis && !isReduced[after])),
    );
    stores.set(value, { source: value, dtype: value.dtype, offset: 0, strides });
  }
  // Whether an axis is reduced must not get lost by joining: it counts as a step of its own.
  const walks: Walk[] = [...new Set(loads.values()), ...stores.values()].map(({ strides }) => ({
    steps: strides,
  }));
  for (const flags of reduced.values()) walks.push({ steps: flagSteps(flags, space) });
  const groups = joinAxes(space, walks);
  const innermost = groups.map((group) => defined(group.at(-1), 'axis of a group'));
  const joined = <T>(items: readonly T[]): T[] =>
    innermost.map((axis) => defined(items[axis], 'item of an axis'));
  const cache = new Map<Stream, Stream>();
  const shrink = (stream: Stream): Stream => {
    const small = cache.get(stream) ?? { ...stream, strides: joined(stream.strides) };
    cache.set(stream, small);
    return small;
  };
  return {
    extents: groups.map((group) => elementCount(group.map((axis) => space[axis] ?? 1))),
    loads: new Map([...loads].map(([operand, stream]) => [operand, shrink(stream)])),
    stores: new Map([...stores].map(([value, stream]) => [value, shrink(stream)])),
    reduced: new Map([...reduced].map(([value, flags]) => [value, joined(flags)])),
  };
}

function reducedAxes(value: Value, rank: number): boolean[] {
  const axes = value.kind === 'reduce' ? (value as Value<'reduce'>).attributes.axes : [];
  return Array.from({ length: rank }, (_, axis) => axes.includes(axis));
}

/** Steps that join exactly where neighbouring axes are both reduced or both not. */
function flagSteps(flags: readonly boolean[], space: readonly number[]): number[] {
  return flags.map((flag, axis) => (flag ? 0 : elementCount(space.slice(axis + 1))));
}

/** Groups of neighbouring axes that every walk treats as one; axes of extent 1 are dropped. */
function joinAxes(space: readonly number[], walks: readonly Walk[]): number[][] {
  const groups: number[][] = [];
  space.forEach((extent, axis) => {
    if (extent === 1) return;
    const last = groups.at(-1);
    const outer = last?.at(-1);
    const joins =
      outer !== undefined &&
      walks.every(({ steps }) => steps[outer] === extent * (steps[axis] ?? 0));
    if (last && joins) last.push(axis);
    else groups.push([axis]);
  });
  return groups;
}
