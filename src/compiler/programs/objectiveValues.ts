import type { Value } from '../../ir/types';
import { METRIC } from './compiled';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { inferFreeVariables, termWeight } from '../latentInference/inference';
import { defined } from '../../core/invariant';

export interface ObjectiveValues {
  readonly evaluation: Evaluation;
  readonly loss: Value;
  /** Loss, and for each term λ·t and t (`METRIC`). Two terms of one node are added up. */
  readonly metrics: Map<string, Value>;
}

/** Infers the free variables, then lowers L = Σ λ_t·t + Σ λ_e·mean_B(e) (2-semantics 2.3). */
export function lowerObjective(
  context: ProgramContext,
  options: EvaluationOptions,
): ObjectiveValues {
  const { builder, analysis } = context;
  const outputs = inferFreeVariables(context, options);
  const evaluation = new Evaluation(context, { ...options, outputs });
  const metrics = new Map<string, Value>();
  const accumulate = (name: string, value: Value): void => {
    const before = metrics.get(name);
    metrics.set(name, before ? builder.add(before, value) : value);
  };
  let loss = builder.constant(0);
  for (const term of analysis.objective) {
    const node = defined(analysis.graph.byId.get(term.nodeId), 'node of a term');
    builder.withOrigin(node.id, () => {
      const value = evaluation.output(term);
      const scalar = term.kind === 'energy' ? builder.mean(value) : value;
      const contribution = builder.mul(termWeight(context, node), scalar);
      accumulate(METRIC.value(node.id), scalar);
      accumulate(METRIC.term(node.id), contribution);
      loss = builder.add(loss, contribution);
    });
  }
  metrics.set(METRIC.loss, loss);
  return { evaluation, loss, metrics };
}
