import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import type { TrainingProgram } from './compiled';
import { Evaluation, trainingOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';
import { portKey } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';

/** Prefix of the metrics of a diagnosis program. */
export const FINITE_METRIC_PREFIX = 'finite:';

/**
 * The forward pass of a training step, with one metric for each output of each node, in topological order:
 * 1 while all its numbers are finite, 0 otherwise. Run on the state and step at which a run went bad, the first 0
 * names the node where it started.
 */
export function compileDiagnosis(analysis: Analysis): Result<TrainingProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const options = trainingOptions(analysis);
  const evaluation = new Evaluation(context, {
    ...options,
    outputs: inferFreeVariables(context, options),
  });
  const metrics = new Map<string, Value>();
  for (const node of analysis.graph.nodes) {
    for (const { name, type } of node.ports.outputs) {
      if (type === 'weights' || type === 'negative') continue;
      const value = evaluation.output({ nodeId: node.id, port: name });
      const finite = builder.cast(builder.unary('isFinite', value), 'f32');
      metrics.set(
        `${FINITE_METRIC_PREFIX}${portKey(node.id, name)}`,
        builder.reduce('min', finite),
      );
    }
  }
  const program = finishProgram(context, { updates: new Map(), metrics, outputs: new Map() });
  return success({ program, data: context.requests });
}
