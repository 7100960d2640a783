import { defined } from '../core/invariant';
import type { AnyValue, CarriedValue, Program, Value } from './types';

/** What a step of a program is run for: its updates, metrics and outputs. */
export function resultsOf({
  updates,
  metrics,
  outputs,
}: Pick<Program, 'updates' | 'metrics' | 'outputs'>): Value[] {
  return [updates, metrics, outputs].flatMap((results) => [...results.values()]);
}

/**
 * Ids of the values that `roots` depend on, themselves included. A value carried through a repeat, and the result of one,
 * depend on what is carried in and on what the body passes on.
 */
export function neededValues(
  { phases }: Pick<Program, 'phases'>,
  roots: Iterable<Value>,
): Set<number> {
  const repeats = new Map<number, readonly CarriedValue[]>();
  for (const phase of phases) if (phase.kind === 'repeat') repeats.set(phase.id, phase.carried);
  const needed = new Set<number>();
  const open = [...roots];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (needed.has(value.id)) continue;
    needed.add(value.id);
    open.push(...value.operands);
    const any = value as AnyValue;
    if (any.kind === 'carried' || any.kind === 'repeatResult') {
      const { repeat, index } = any.attributes;
      const { initial, next } = defined(repeats.get(repeat)?.[index], 'carried value');
      open.push(initial, next);
    }
  }
  return needed;
}
