import { defined } from '../../core/invariant';
import type { AnyValue, CarriedValue, Program, Value } from '../../ir/types';

/** Ids of the values that an update, metric or output depends on, also by way of carried values. */
export function liveValues(program: Program): ReadonlySet<number> {
  const repeats = new Map<number, readonly CarriedValue[]>();
  for (const phase of program.phases) {
    if (phase.kind === 'repeat') repeats.set(phase.id, phase.carried);
  }
  const live = new Set<number>();
  const pending: Value[] = [program.updates, program.metrics, program.outputs].flatMap(
    (results) => [...results.values()],
  );
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (live.has(value.id)) continue;
    live.add(value.id);
    pending.push(...value.operands);
    const any = value as AnyValue;
    if (any.kind === 'carried' || any.kind === 'repeatResult') {
      const { repeat, index } = any.attributes;
      const { initial, next } = defined(repeats.get(repeat)?.[index], 'carried value');
      pending.push(initial, next);
    }
  }
  return live;
}
