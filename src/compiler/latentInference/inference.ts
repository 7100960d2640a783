import { defined, invariant } from '../../core/invariant';
import type { Value } from '../../ir/types';
import type { PortKey } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import type { EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { inferenceProblem } from './inferenceProblem';

/**
 * Finds the free variables of a graph (docs/semantics.md §4) and returns their values, to be used as overrides.
 * Each is a constant afterwards: by the envelope theorem the gradient of F = min_z E with respect to the weights is
 * ∂E/∂w at the minimiser. How they are found is each group's strategy; `effort` multiplies its steps.
 */
export function inferFreeVariables(
  context: ProgramContext,
  options: EvaluationOptions,
  effort = 1,
): Map<PortKey, Value> {
  const found = new Map<PortKey, Value>(options.outputs);
  for (const group of jointGroups(context.analysis.graph)) {
    const problem = inferenceProblem(context, { ...options, outputs: found }, group, effort);
    const values = group.search.find(problem);
    invariant(values.length === group.variables.length, 'a strategy finds every variable');
    group.variables.forEach((variable, index) => {
      const value = defined(values[index], 'inferred value');
      found.set(variable.key, context.builder.stopGradient(value));
    });
  }
  return found;
}
