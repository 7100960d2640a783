import type { Program, StatePack, StateSpec, Value } from '../../ir/types';
import { verifyProgram } from '../../ir/verify';
import type { ProgramContext } from '../lowering/programContext';
import { simplify } from '../simplify/simplify';

export interface ProgramResults {
  readonly updates: ReadonlyMap<string, Value>;
  readonly metrics: ReadonlyMap<string, Value>;
  readonly outputs: ReadonlyMap<string, Value>;
  /** State that the nodes did not ask for: optimizer slots. */
  readonly state?: readonly StateSpec[];
  readonly packs?: readonly StatePack[];
}

/** Closes the builder, simplifies, and verifies the program before and after. */
export function finishProgram(context: ProgramContext, results: ProgramResults): Program {
  const program: Program = {
    data: [...context.data.values()],
    state: [...context.state.values(), ...(results.state ?? [])],
    packs: results.packs ?? [],
    live: [...context.live.values()],
    phases: context.builder.takePhases(),
    updates: results.updates,
    metrics: results.metrics,
    outputs: results.outputs,
  };
  verifyProgram(program);
  const simplified = simplify(program);
  verifyProgram(simplified);
  return simplified;
}
