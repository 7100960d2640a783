import { defined, invariant } from '../core/invariant';
import type { Word2 } from '../core/threefry';
import { inferValue } from './inferValue';
import type { ValueType } from './typeRules/typeRule';
import {
  sameShape,
  type CarriedValue,
  type OpAttributes,
  type OpKind,
  type Phase,
  type Value,
} from './types';

/** What several ops come to: a function of values that were made before. */
export type Remark =
  /** Standard normal numbers of a stream. */
  | { readonly what: 'normal'; readonly key: Word2; readonly counter: Value }
  | {
      readonly what: 'logSumExp' | 'softmax' | 'logSoftmax';
      readonly of: Value;
      readonly axes: readonly number[];
    }
  /** x / max(‖x‖₂, least). */
  | {
      readonly what: 'normalize';
      readonly of: Value;
      readonly axes: readonly number[];
      readonly least: number;
    }
  | {
      readonly what: 'variance';
      readonly of: Value;
      readonly axes: readonly number[];
      readonly ddof: 0 | 1;
    }
  /** ∂output/∂w. */
  | { readonly what: 'gradient'; readonly output: Value; readonly by: Value };

interface OpenRepeat {
  readonly id: number;
  readonly values: Value[];
  readonly known: Map<string, Value>;
  /** Ids of the values that change from one iteration to the next. */
  readonly varying: Set<number>;
}

/**
 * Makes SSA values and puts them into phases. Equal applications are shared (value numbering), and what does not change
 * inside a repeat is put before it, so node definitions may ask for the same thing as often as they like.
 */
export class ValueNumbering {
  private nextId = 0;
  private nextRepeat = 0;
  private readonly finished: Phase[] = [];
  private block: Value[] = [];
  private readonly known = new Map<string, Value>();
  private open: OpenRepeat | null = null;
  private origin: string | null = null;
  private taken = false;

  /** Runs `make` with every new value attributed to document node `nodeId`. */
  withOrigin<T>(nodeId: string | null, make: () => T): T {
    const outer = this.origin;
    this.origin = nodeId;
    try {
      return make();
    } finally {
      this.origin = outer;
    }
  }

  /**
   * Says what a value is in one word, where it was made of several ops: for whoever prints a program as code in a language that
   * has the word. Changes nothing; kept by builders that are asked to.
   */
  remark(value: Value, _what: Remark): Value {
    return value;
  }

  /** The phases so far. The builder must not be used afterwards. */
  takePhases(): Phase[] {
    invariant(this.open === null, 'a repeat is still open');
    this.taken = true;
    if (this.block.length > 0) this.finished.push({ kind: 'block', values: this.block });
    this.block = [];
    return this.finished;
  }

  /** Applies an op; every method of the builder ends here. */
  apply<K extends OpKind>(
    kind: K,
    operands: readonly Value[],
    attributes: OpAttributes[K],
    requested?: ValueType,
  ): Value {
    const type = inferValue(kind, operands, attributes, requested);
    const key = valueKey(kind, operands, attributes, type);
    const existing = this.open?.known.get(key) ?? this.known.get(key);
    if (existing) return existing;
    invariant(!this.taken, 'the phases have been taken: a new value would belong to no program');
    const value: Value<K> = {
      id: this.nextId++,
      kind,
      attributes,
      operands,
      shape: type.shape,
      dtype: type.dtype,
      origin: this.origin,
    };
    const open = this.open;
    const varies =
      open !== null &&
      (kind === 'iteration' ||
        kind === 'carried' ||
        operands.some((operand) => open.varying.has(operand.id)));
    if (open && varies) {
      open.values.push(value);
      open.known.set(key, value);
      open.varying.add(value.id);
    } else {
      this.block.push(value);
      this.known.set(key, value);
    }
    return value;
  }

  /**
   * Runs `body` `count` times on carried values and returns their last ones. The count is static.
   * Repeats do not nest.
   */
  repeat(
    count: number,
    initial: readonly Value[],
    body: (carried: readonly Value[], iteration: Value) => readonly Value[],
  ): Value[] {
    invariant(this.open === null, 'repeats do not nest');
    invariant(Number.isInteger(count) && count >= 0, 'a repeat has a whole, static count');
    if (count === 0) return [...initial];
    const id = this.nextRepeat++;
    const open: OpenRepeat = { id, values: [], known: new Map(), varying: new Set() };
    this.open = open;
    const iteration = this.apply('iteration', [], { repeat: id });
    const parameters = initial.map((value, index) =>
      this.apply('carried', [], { repeat: id, index }, value),
    );
    const next = body(parameters, iteration);
    this.open = null;
    invariant(next.length === initial.length, 'a repeat returns as many values as it carries');
    this.finished.push({ kind: 'block', values: this.block });
    this.block = [];
    const carried = initial.map((start, index): CarriedValue => {
      const after = defined(next[index], 'carried value');
      invariant(
        sameShape(after.shape, start.shape) && after.dtype === start.dtype,
        'a carried value changes its type',
      );
      return {
        initial: start,
        parameter: defined(parameters[index], 'carried parameter'),
        next: after,
        result: this.apply('repeatResult', [], { repeat: id, index }, start),
      };
    });
    // The results belong to the loop, not to the block after it.
    this.block = this.block.filter((value) => value.kind !== 'repeatResult');
    this.finished.push({ kind: 'repeat', id, count, iteration, carried, values: open.values });
    return carried.map(({ result }) => result);
  }
}

function valueKey<K extends OpKind>(
  kind: K,
  operands: readonly Value[],
  attributes: OpAttributes[K],
  type: ValueType,
): string {
  let key = `${kind}|${type.dtype}|${type.shape.join()}|`;
  for (const { id } of operands) key += `${id},`;
  // Attributes of one kind always come in the same order.
  for (const attribute of Object.values(attributes)) key += `|${printAttribute(attribute)}`;
  return key;
}

/** As JSON, but −0 and the infinities stay apart from 0 and from each other. */
function printAttribute(attribute: unknown): string {
  if (typeof attribute === 'number') return Object.is(attribute, -0) ? '-0' : String(attribute);
  if (Array.isArray(attribute)) return `[${attribute.map(printAttribute).join()}]`;
  return JSON.stringify(attribute);
}
