import type { Program, Value } from '../../ir/types';
import type { Loops } from './loops/steps';
import { loopsOf, planStep, readsOf, staticValues, type Fusion, type Plan } from './plan';

/** How a program is run. */
export interface Plans {
  /** A step that keeps the outputs, and one that only makes updates and metrics. */
  readonly full: Plan;
  readonly lean: Plan;
  /** What is computed once, before the first step: values that are the same in every step. */
  readonly once: Plan;
}

/** Plans what is computed once and what in every step; without `fusion`, every value by itself. */
export function planProgram(program: Program, fusion: Fusion | null): Plans {
  const fixed = staticValues(program);
  const plan = (roots: Iterable<Value>): Plan => planStep(program, new Set(roots), fixed, fusion);
  const { updates, metrics, outputs } = program;
  const results = [...updates.values(), ...metrics.values()];
  const full = plan([...results, ...outputs.values()]);
  const lean = outputs.size === 0 ? full : plan(results);

  const read = new Set<Value>([...results, ...outputs.values()]);
  for (const item of [...full.items, ...lean.items]) {
    if (item.kind === 'instruction') {
      for (const value of readsOf(item.instruction)) read.add(value);
      continue;
    }
    const { phase, instructions } = item.repeat;
    for (const value of instructions.flatMap(readsOf)) read.add(value);
    for (const { initial, next } of phase.carried) read.add(initial).add(next);
  }
  const values = program.phases.flatMap((phase) => phase.values).filter(({ id }) => fixed.has(id));
  const kept = new Set(values.filter((value) => read.has(value)));
  // One block, whichever phase a value stands in; all that is kept is a root and stays in its slot.
  const block = { kind: 'block', values } as const;
  const once = planStep({ ...program, phases: [block] }, kept, new Set(), fusion);
  return { full, lean, once };
}

/** The loops of all plans, each once. */
export function allLoops({ full, lean, once }: Plans): Loops[] {
  return [...new Set([full, lean, once].flatMap(loopsOf))];
}
