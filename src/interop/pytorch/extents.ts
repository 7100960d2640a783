import { sameShape, type AnyValue, type Value } from '../../ir/types';
import { Scopes, type Trace } from './trace';

/** A whole number that goes with the batch: perBatch·B + offset. */
export interface Extent {
  readonly perBatch: number;
  readonly offset: number;
}

/** A number that goes with the batch: numerator·(size)^power, where size is perBatch·B + offset. */
export interface BatchNumber {
  readonly factor: number;
  readonly size: Extent;
  readonly power: 1 | -1;
}

/** How shapes and constants of a trace depend on the number of rows. */
export interface BatchSizes {
  /** Of each axis of a value. */
  extents(value: Value): readonly Extent[];
  /** Of a constant; null where it does not depend on B. */
  constant(value: Value): BatchNumber | null;
  /** Whether the same code is right at other batch sizes too. */
  readonly anyBatch: boolean;
  /** Whether each of several processes may have a part of the rows. */
  readonly splits: boolean;
}

/** Of a trace that is right for its own batch size and for one process alone: nothing goes with the number of rows. */
export const OWN_SIZE: BatchSizes = {
  extents: ({ shape }) => shape.map((offset) => ({ perBatch: 0, offset })),
  constant: () => null,
  anyBatch: false,
  splits: false,
};

/**
 * Finds out which extents count rows by comparing two traces of the same graph, made for two batch sizes: what differs does.
 * Null where the two are not the same program.
 */
export function compareBatchSizes(trace: Trace, other: Trace): BatchSizes | null {
  const partners = pairValues(trace, other);
  if (partners === null) return null;
  const known = new Map<number, readonly Extent[]>();
  let [anyBatch, splits] = [true, true];
  const fit = (at: number, then: number): Extent => {
    if (at === then) return { perBatch: 0, offset: at };
    const perBatch = (at - then) / (trace.batch - other.batch);
    const offset = at - perBatch * trace.batch;
    if (Number.isInteger(perBatch) && Number.isInteger(offset)) return { perBatch, offset };
    [anyBatch, splits] = [false, false];
    return { perBatch: 0, offset: at };
  };
  const constants = new Map<number, BatchNumber>();
  for (const [value, partner] of partners) {
    known.set(
      value.id,
      value.shape.map((extent, axis) => fit(extent, partner.shape[axis] ?? extent)),
    );
    const [a, b] = [value as AnyValue, partner as AnyValue];
    if (a.kind !== 'constant' || b.kind !== 'constant') continue;
    if (a.attributes.value === b.attributes.value) continue;
    const found = fitConstant(a.attributes.value, b.attributes.value, trace.batch, other.batch);
    if (found) constants.set(value.id, found);
    else anyBatch = false;
  }
  return {
    anyBatch,
    splits,
    extents: (value) => known.get(value.id) ?? OWN_SIZE.extents(value),
    constant: (value) => constants.get(value.id) ?? null,
  };
}

function fitConstant(at: number, then: number, batch: number, other: number): BatchNumber | null {
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(a);
  // A mean over T·B rows, or a variance with T·B − 1 degrees of freedom.
  for (const power of [-1, 1] as const) {
    const size = { perBatch: 1, offset: 0 };
    if (close(at * batch ** -power, then * other ** -power)) {
      return { factor: at * batch ** -power, size, power };
    }
  }
  for (const offset of [-1, 1]) {
    // at·(cB + o) = then·(cB′ + o)
    const perBatch = ((then - at) * offset) / (at * batch - then * other);
    const whole = Math.round(perBatch);
    if (whole >= 1 && Math.abs(perBatch - whole) < 1e-6) {
      return {
        factor: at * (whole * batch + offset),
        size: { perBatch: whole, offset },
        power: -1,
      };
    }
  }
  const perBatch = (at - then) / (batch - other);
  const offset = at - perBatch * batch;
  return Number.isInteger(perBatch) && Number.isInteger(offset)
    ? { factor: 1, size: { perBatch, offset }, power: 1 }
    : null;
}

/** Each value of a trace that its roots need, with the value that stands in its place in another trace. */
function pairValues(trace: Trace, other: Trace): Map<Value, Value> | null {
  const pairs = new Map<Value, Value>();
  const [scopes, otherScopes] = [new Scopes(trace.phases), new Scopes(other.phases)];
  const stack: [Value, Value][] = [];
  for (const [name, value] of trace.roots) {
    const partner = other.roots.get(name);
    if (!partner) return null;
    stack.push([value, partner]);
  }
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [value, partner] = next;
    const before = pairs.get(value);
    if (before) {
      if (before !== partner && !sameShape(before.shape, partner.shape)) return null;
      continue;
    }
    if (value.kind !== partner.kind || value.operands.length !== partner.operands.length) {
      return null;
    }
    pairs.set(value, partner);
    value.operands.forEach((operand, index) => {
      const twin = partner.operands[index];
      if (twin) stack.push([operand, twin]);
    });
    const [loop, otherLoop] = [scopes.madeBy(value), otherScopes.madeBy(partner)];
    loop?.carried.forEach((carried, index) => {
      const twin = otherLoop?.carried[index];
      if (!twin) return;
      stack.push([carried.initial, twin.initial], [carried.next, twin.next]);
      stack.push([carried.parameter, twin.parameter]);
    });
  }
  return pairs;
}

/** `4 * run.rows` of the rows of this process, `run.batch` of all. */
export function sizeCode({ perBatch, offset }: Extent, own: boolean): string {
  if (perBatch === 0) return String(offset);
  const rows = own ? 'run.rows' : 'run.batch';
  const product = perBatch === 1 ? rows : `${perBatch} * ${rows}`;
  return offset === 0 ? product : `${product} ${offset > 0 ? '+' : '-'} ${Math.abs(offset)}`;
}
