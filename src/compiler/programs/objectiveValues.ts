import type { Value } from '../../ir/types';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { MetricValues } from '../lowering/metricValues';
import type { ProgramContext } from '../lowering/programContext';
import { inferFreeVariables } from '../latentInference/inference';
import { termWeight } from '../lowering/termWeight';
import { portKey, type PortKey } from '../graph/graph';
import { lowerFunctionals, type FunctionalValues } from '../contrast/lowerFunctionals';
import { defined } from '../../core/invariant';

export interface ObjectiveValues {
  readonly loss: Value;
  /** The loss, and for each node of the objective λ·t and t. */
  readonly metrics: MetricValues;
}

/** Infers the free variables, then lowers the objective. */
export function lowerObjective(
  context: ProgramContext,
  options: EvaluationOptions,
): ObjectiveValues & {
  readonly evaluation: Evaluation;
  readonly functionals: FunctionalValues;
  /** What inference found, as overrides of outputs. */
  readonly inferred: ReadonlyMap<PortKey, Value>;
} {
  const outputs = inferFreeVariables(context, options);
  const evaluation = new Evaluation(context, { ...options, outputs });
  const functionals = lowerFunctionals(context, options, evaluation);
  return {
    evaluation,
    functionals,
    inferred: outputs,
    ...lowerTerms(context, evaluation, functionals),
  };
}

/** L = Σ λ_t·t + Σ λ_e·mean_B(e) over the terms t and energies e of the objective. */
export function lowerTerms(
  context: ProgramContext,
  evaluation: Evaluation,
  { losses, reports }: FunctionalValues,
): ObjectiveValues {
  const { builder, analysis } = context;
  const metrics = new MetricValues(builder);
  let loss = builder.constant(0);
  for (const term of analysis.objective) {
    const node = defined(analysis.graph.byId.get(term.nodeId), 'node of a term');
    builder.withOrigin(node.id, () => {
      const value = losses.get(portKey(term.nodeId, term.port)) ?? evaluation.output(term);
      const scalar = term.kind === 'energy' ? builder.mean(value) : value;
      const contribution = builder.mul(termWeight(context, node), scalar);
      metrics.add({ kind: 'value', nodeId: node.id }, scalar);
      metrics.add({ kind: 'term', nodeId: node.id }, contribution);
      loss = builder.add(loss, contribution);
    });
  }
  for (const { nodeId, name, value } of reports) metrics.add({ kind: 'part', nodeId, name }, value);
  metrics.add({ kind: 'loss' }, loss);
  return { loss, metrics };
}
