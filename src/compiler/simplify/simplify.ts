import { defined } from '../../core/invariant';
import { neededValues, resultsOf } from '../../ir/neededValues';
import type { AnyValue, Program, RepeatPhase, Value } from '../../ir/types';
import { SimplifyingBuilder } from './simplifyingBuilder';

/** More rounds than any program of the tests needs: each one must have changed something. */
const MOST_ROUNDS = 20;

/**
 * An equal program with less to compute: dead values are left out, constants folded, algebraic identities used,
 * equal values shared and loop-invariant ones moved before their loop, until nothing changes. To be used after
 * differentiation, as it removes `stopGradient`. Declarations of data, state and live scalars stay as they are.
 * Equal up to float32 rounding; values that could be infinite or NaN are not hidden.
 */
export function simplify(program: Program): Program {
  let current = program;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { rebuilt, changed } = rebuild(current);
    current = rebuilt;
    if (!changed) break;
  }
  return current;
}

function rebuild(program: Program): { rebuilt: Program; changed: boolean } {
  const builder = new SimplifyingBuilder();
  const live = neededValues(program, resultsOf(program));
  const uses = countUses(program, live);
  const replacement = new Map<number, Value>();
  let changed = false;
  const liveCount = countValues(program, live);
  const mapped = (value: Value): Value => defined(replacement.get(value.id), `%${value.id}`);

  const copy = (value: Value): void => {
    if (!live.has(value.id)) {
      changed = true;
      return;
    }
    const { kind, attributes, operands, origin } = value;
    const usedOnce = (index: number): boolean =>
      uses.get(defined(operands[index], 'operand').id) === 1;
    const made = builder.withOrigin(origin, () =>
      builder.applyKnowing(usedOnce, kind, operands.map(mapped), attributes, value),
    );
    replacement.set(value.id, made);
  };

  const copyRepeat = (phase: RepeatPhase): void => {
    const kept = phase.carried.filter(
      ({ parameter, result }) => live.has(parameter.id) || live.has(result.id),
    );
    // What a loop never changes is no loop value: x ← x, or x ← x₀.
    const fixed = kept.filter(
      ({ next, parameter, initial }) => next === parameter || next === initial,
    );
    const carried = kept.filter((value) => !fixed.includes(value));
    if (carried.length < phase.carried.length) changed = true;
    for (const { initial, parameter, result } of fixed) {
      replacement.set(parameter.id, mapped(initial));
      replacement.set(result.id, mapped(initial));
    }
    const body = phase.values.filter(({ kind }) => kind !== 'carried' && kind !== 'iteration');
    if (carried.length === 0) return;
    if (phase.count === 1) {
      changed = true;
      replacement.set(phase.iteration.id, builder.constant(0, [], 'i32'));
      for (const { initial, parameter } of carried) replacement.set(parameter.id, mapped(initial));
      body.forEach(copy);
      for (const { next, result } of carried) replacement.set(result.id, mapped(next));
      return;
    }
    const results = builder.repeat(
      phase.count,
      carried.map(({ initial }) => mapped(initial)),
      (parameters, iteration) => {
        replacement.set(phase.iteration.id, iteration);
        carried.forEach(({ parameter }, index) => {
          replacement.set(parameter.id, defined(parameters[index], 'carried parameter'));
        });
        body.forEach(copy);
        return carried.map(({ next }) => mapped(next));
      },
    );
    carried.forEach(({ result }, index) => {
      replacement.set(result.id, defined(results[index], 'repeat result'));
    });
  };

  for (const phase of program.phases) {
    if (phase.kind === 'block') phase.values.forEach(copy);
    else copyRepeat(phase);
  }
  const results = (values: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...values].map(([name, value]) => [name, mapped(value)]));
  const rebuilt: Program = {
    data: program.data,
    state: program.state,
    packs: program.packs,
    live: program.live,
    updates: results(program.updates),
    metrics: results(program.metrics),
    outputs: results(program.outputs),
    phases: builder.takePhases(),
  };
  // Fewer values than live ones: some have become equal.
  return { rebuilt, changed: changed || builder.rewrote || countValues(rebuilt) < liveCount };
}

/** Values in phases, without loop variables; only those in `live` when given. */
function countValues(program: Program, live?: ReadonlySet<number>): number {
  return program.phases.reduce(
    (sum, { values }) =>
      sum +
      values.filter(
        ({ kind, id }) =>
          kind !== 'carried' && kind !== 'iteration' && (live === undefined || live.has(id)),
      ).length,
    0,
  );
}

/** How often each value is read, by live values, loops and results. */
function countUses(program: Program, live: ReadonlySet<number>): Map<number, number> {
  const uses = new Map<number, number>();
  const use = (value: Value): void => void uses.set(value.id, (uses.get(value.id) ?? 0) + 1);
  for (const phase of program.phases) {
    for (const value of phase.values) {
      if (live.has(value.id)) (value as AnyValue).operands.forEach(use);
    }
    if (phase.kind === 'repeat') {
      phase.carried.forEach(({ initial, next }) => [initial, next].forEach(use));
    }
  }
  for (const results of [program.updates, program.metrics, program.outputs]) {
    for (const value of results.values()) use(value);
  }
  return uses;
}
