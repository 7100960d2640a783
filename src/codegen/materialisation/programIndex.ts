import type { Program, Value } from '../../ir/types';

/** Facts about a program that several passes ask for. Values are found by their object, which is unique. */
export interface ProgramIndex {
  /** All values, operands before uses, phases in order. */
  readonly values: readonly Value[];
  /** Index of the phase that computes a value. */
  readonly phaseOf: ReadonlyMap<Value, number>;
  /** The values that have a value as an operand, each once. */
  readonly consumers: ReadonlyMap<Value, readonly Value[]>;
}

export function indexProgram(program: Program): ProgramIndex {
  const values: Value[] = [];
  const phaseOf = new Map<Value, number>();
  const consumers = new Map<Value, Value[]>();
  const add = (value: Value, phase: number): void => {
    if (phaseOf.has(value)) return;
    phaseOf.set(value, phase);
    values.push(value);
    for (const operand of new Set(value.operands)) {
      const list = consumers.get(operand);
      if (list) list.push(value);
      else consumers.set(operand, [value]);
    }
  };
  program.phases.forEach((phase, number) => {
    phase.values.forEach((value) => add(value, number));
    // Results are sources for the phases behind the loop, whether or not they are listed in it.
    if (phase.kind === 'repeat') phase.carried.forEach(({ result }) => add(result, number));
  });
  return { values, phaseOf, consumers };
}
