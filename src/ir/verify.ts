import { invariant } from '../core/invariant';
import { checkValue } from './inferValue';
import type { ValueType } from './typeRules/typeRule';
import {
  elementCount,
  sameShape,
  type AnyValue,
  type DataSpec,
  type Program,
  type StatePack,
  type Value,
} from './types';

/**
 * Throws when a program breaks a rule of the IR: a value against its op's rule, a use before its definition,
 * a loop value used outside its loop, undeclared inputs, repeated names, or results of a wrong type.
 * For the compiler's own faults: user faults are found before there is a program.
 */
export function verifyProgram(program: Program): void {
  verifyDeclarations(program);
  const declared = declarations(program);
  /** Values that may be read here, by id. */
  const visible = new Map<number, Value>();
  const seenRepeats = new Set<number>();

  const define = (value: Value, scope: ReadonlyMap<number, Value> = visible): void => {
    const where = `%${value.id} (${value.kind})`;
    invariant(!scope.has(value.id), `${where} is defined twice`);
    for (const operand of value.operands) {
      invariant(scope.get(operand.id) === operand, `${where} reads %${operand.id} where it is not defined`); // prettier-ignore
    }
    checkValue(value);
    const any = value as AnyValue;
    if (any.kind === 'input') verifyInput(any, declared);
  };

  for (const phase of program.phases) {
    if (phase.kind === 'block') {
      for (const value of phase.values) {
        invariant(!isLoopValue(value), `%${value.id} (${value.kind}) stands outside its loop`);
        define(value);
        visible.set(value.id, value);
      }
      continue;
    }
    const { id, count, iteration, carried } = phase;
    invariant(!seenRepeats.has(id), `repeat ${id} occurs twice`);
    invariant(Number.isInteger(count) && count > 0, `repeat ${id} has a whole count of at least 1`);
    seenRepeats.add(id);
    const body = new Map(visible);
    const parameters = new Map(carried.map(({ parameter }, index) => [parameter.id, index]));
    for (const value of phase.values) {
      const any = value as AnyValue;
      if (any.kind === 'iteration') {
        invariant(
          any.attributes.repeat === id && any.id === iteration.id,
          'iteration of another loop',
        );
      } else if (any.kind === 'carried') {
        const { repeat, index } = any.attributes;
        invariant(repeat === id && parameters.get(any.id) === index, 'a carried value of another loop'); // prettier-ignore
      } else {
        invariant(any.kind !== 'repeatResult', 'the result of a loop stands inside of one');
      }
      define(value, body);
      body.set(value.id, value);
    }
    carried.forEach(({ initial, parameter, next, result }, index) => {
      const what = `carried value ${index} of repeat ${id}`;
      invariant(visible.get(initial.id) === initial, `${what} starts from an undefined value`);
      invariant(body.get(next.id) === next, `${what} goes on with an undefined value`);
      invariant(parameter.kind === 'carried' && sameType(parameter, initial), `${what} starts with another type`); // prettier-ignore
      invariant(sameType(next, initial), `${what} changes its type`);
      const any = result as AnyValue;
      invariant(
        any.kind === 'repeatResult' &&
          any.attributes.repeat === id &&
          any.attributes.index === index &&
          sameType(result, initial),
        `${what} has a result that is not its own`,
      );
    });
    for (const { result } of carried) {
      define(result);
      visible.set(result.id, result);
    }
  }
  verifyResults(program, declared, visible);
}

interface Declarations {
  readonly data: ReadonlyMap<string, DataSpec>;
  /** Type of each state array and pack. */
  readonly state: ReadonlyMap<string, ValueType>;
  /** Names of the arrays that packs are made of. */
  readonly members: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
}

function declarations(program: Program): Declarations {
  return {
    data: new Map(program.data.map((spec) => [spec.name, spec])),
    state: new Map<string, ValueType>([
      ...program.state.map((spec) => [spec.name, spec] as const),
      ...(program.packs ?? []).map((pack) => [pack.name, packType(program, pack)] as const),
    ]),
    members: new Set((program.packs ?? []).flatMap(({ members }) => members)),
    live: new Set(program.live.map(({ name }) => name)),
  };
}

function packType({ state }: Program, { name, members }: StatePack): ValueType {
  const length = members.reduce((sum, member) => {
    const spec = state.find((candidate) => candidate.name === member);
    invariant(spec?.dtype === 'f32', `${member} of pack ${name} is a declared f32 state`);
    return sum + elementCount(spec.shape);
  }, 0);
  return { shape: [length], dtype: 'f32' };
}

function verifyDeclarations({ data, state, packs = [], live }: Program): void {
  const members = packs.flatMap((pack) => pack.members);
  invariant(new Set(members).size === members.length, 'a state array is in one pack, once');
  for (const [what, specs] of [
    ['data', data],
    ['state', [...state, ...packs]],
    ['live scalar', live],
  ] as const) {
    const names = new Set<string>();
    for (const { name } of specs) {
      invariant(!names.has(name), `${what} ${name} is declared twice`);
      names.add(name);
    }
  }
  for (const { name, initial } of live) {
    invariant(Number.isFinite(initial), `live scalar ${name} starts finite`);
  }
}

function verifyInput(value: Extract<AnyValue, { kind: 'input' }>, declared: Declarations): void {
  const { role, name } = value.attributes;
  const what = `${role} input ${name}`;
  switch (role) {
    case 'data':
    case 'state': {
      const spec = declared[role].get(name);
      invariant(spec !== undefined, `${what} is not declared`);
      invariant(
        sameType(spec, value),
        `${what} is read with another type than it is declared with`,
      );
      return;
    }
    case 'live':
      invariant(declared.live.has(name), `${what} is not declared`);
      invariant(sameType(value, { shape: [], dtype: 'f32' }), `${what} is an f32 scalar`);
      return;
    case 'step':
      invariant(sameType(value, { shape: [], dtype: 'i32' }), 'the step is an i32 scalar');
      return;
  }
}

function verifyResults(
  { updates, metrics, outputs }: Program,
  { state, members }: Declarations,
  visible: ReadonlyMap<number, Value>,
): void {
  for (const [what, values] of [
    ['update', updates],
    ['metric', metrics],
    ['output', outputs],
  ] as const) {
    for (const [name, value] of values) {
      invariant(
        visible.get(value.id) === value,
        `${what} ${name} is not defined after the last phase`,
      );
    }
  }
  for (const [name, value] of updates) {
    const spec = state.get(name);
    invariant(spec !== undefined, `update ${name} is of an undeclared state`);
    invariant(sameType(spec, value), `update ${name} has another type than its state`);
    invariant(!members.has(name), `update ${name} is of a pack's member, not of its pack`);
  }
  for (const [name, value] of metrics) {
    invariant(sameType(value, { shape: [], dtype: 'f32' }), `metric ${name} is an f32 scalar`);
  }
}

function isLoopValue({ kind }: Value): boolean {
  return kind === 'iteration' || kind === 'carried' || kind === 'repeatResult';
}

function sameType(a: Pick<Value, 'shape' | 'dtype'>, b: Pick<Value, 'shape' | 'dtype'>): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}
