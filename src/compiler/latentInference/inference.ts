import { defined, invariant } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { portKey, type PortKey } from '../graph/graph';
import { jointGroups, type JointGroup, type Variable } from '../graph/jointGroups';
import { Evaluation, ofModel, type EvaluationOptions } from '../lowering/lower';
import { statisticState, type ProgramContext } from '../lowering/programContext';
import { expectations } from './expectations';
import { inferenceProblem } from './inferenceProblem';

export interface InferenceOptions {
  /** Multiplies the steps of every strategy. */
  readonly effort?: number;
  /** Only what these energies depend on, by the ids of their nodes. */
  readonly energies?: ReadonlySet<string>;
}

/**
 * Finds the free variables of a graph (docs/semantics.md §4) and returns the values to be used as overrides: of the variables,
 * and where a strategy gives a distribution also of what depends on them.
 * A point is a constant afterwards: by the envelope theorem the gradient of F = min_z E with respect to the weights is
 * ∂E/∂w at the minimiser. How they are found is each group's strategy. Nothing is found where latents are drawn from
 * their prior.
 */
export function inferFreeVariables(
  context: ProgramContext,
  options: EvaluationOptions,
  { effort = 1, energies }: InferenceOptions = {},
): Map<PortKey, Value> {
  const found = new Map<PortKey, Value>(options.outputs);
  if (options.mode === 'generate') return found;
  for (const group of jointGroups(context.analysis.graph)) {
    if (energies && !reaches(group, energies)) continue;
    // A variable that the caller has set is given: what it says is evaluated there.
    const open = group.variables.filter(({ key }) => !options.outputs?.has(key));
    if (open.length > 0) infer(context, { ...options, outputs: found }, { ...group, variables: open }, effort, found); // prettier-ignore
  }
  return found;
}

function reaches({ variables }: JointGroup, energies: ReadonlySet<string>): boolean {
  return variables.some((variable) => variable.energies.some(({ id }) => energies.has(id)));
}

function infer(
  context: ProgramContext,
  options: EvaluationOptions,
  group: JointGroup,
  effort: number,
  found: Map<PortKey, Value>,
): void {
  const inferred = group.search.find(inferenceProblem(context, options, group, effort));
  if (inferred.form === 'distribution') {
    for (const [key, value] of expectations(context, options, group, inferred)) {
      if (!options.outputs?.has(key)) found.set(key, value);
    }
    return;
  }
  invariant(inferred.values.length === group.variables.length, 'a strategy finds every variable');
  group.variables.forEach(({ node, port }, index) => {
    const value = defined(inferred.values[index], 'inferred value');
    found.set(
      portKey(node.id, port),
      inferred.differentiable ? value : context.builder.stopGradient(value),
    );
    remember(context, options, group.variables[index], value);
  });
}

/**
 * Keeps what was found by row of the data, for the next time that the row comes. Where a batch has a row twice, the mean of both
 * is kept.
 */
function remember(
  context: ProgramContext,
  options: EvaluationOptions,
  variable: Variable | undefined,
  found: Value,
): void {
  if (!variable?.remembers || !options.statistics) return;
  const { builder, analysis } = context;
  const { node, remembers } = variable;
  const spec = ofModel(options, statisticState(analysis, node.id, remembers));
  const before = context.stateArray(spec);
  const rows = new Evaluation(context, options).contextOf(node.id).rowNumbers();
  const values = builder.stopGradient(found);
  options.statistics.update(node.id, spec.name, before, (current) => {
    const sums = builder.scatterAdd(rows, values, current.shape);
    const ones = builder.constant(1, values.shape);
    const counts = builder.scatterAdd(rows, ones, current.shape);
    const seen = builder.compare('gt', counts, 0);
    return builder.select(seen, builder.div(sums, builder.max(counts, 1)), current);
  });
}
