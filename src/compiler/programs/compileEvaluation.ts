import { failure, success, type Result } from '../../core/result';
import { hasErrors } from '../../core/diagnostic';
import { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { OUTPUT, type EvaluationProgram } from './compiled';
import type { EvaluationOptions, Split } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { trainingBegins } from '../lowering/trainedSteps';
import { datasetRows } from './datasetRows';
import { finishProgram } from './finishProgram';
import { lowerDistances } from './lowerDistances';
import { lowerLatents } from './lowerLatents';
import { captureProbes } from '../probes/captureProbes';
import { lowerPairs } from './lowerPairs';
import { lowerObjective } from './objectiveValues';
import { representationPorts } from './representationPorts';
import { watchEnergies } from './watchedEnergies';

/** Rows at most in one evaluation: enough for stable statistics, cheap enough to repeat while training. */
const MAX_ROWS = 512;

export interface EvaluationRequest {
  readonly split?: Split;
  readonly rows?: number;
  /** Also infers with ten times the steps, which costs as much as it says. */
  readonly tenfold?: boolean;
}

/**
 * The forward pass in evaluate mode: running statistics, views off, held-out rows unless told otherwise.
 * Energies of true and shuffled pairs keep their views on, since without them the two views of a sample are one.
 */
export function compileEvaluation(
  analysis: Analysis,
  { split = 'heldOut', rows = MAX_ROWS, tenfold = false }: EvaluationRequest = {},
): Result<EvaluationProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const batch = Math.min(rows, ...datasetRows(analysis, split));
  const options: EvaluationOptions = { mode: 'evaluate', views: 'evaluate', split, batch };
  const { evaluation, metrics, inferred } = lowerObjective(context, options);

  const outputs = new Map<string, Value>();
  const representations = representationPorts(analysis, batch);
  for (const { key, nodeId, port, rows: count, dim } of representations) {
    const value = builder.reshape(evaluation.output({ nodeId, port }), [count, dim]);
    outputs.set(OUTPUT.representation(key), value);
  }
  const energies = watchEnergies(analysis, batch, representations);
  const truth = lowerPairs(context, { ...options, views: 'train' }, energies, outputs);
  for (const { key, nodeId, port, rows: count, dim, views } of representations) {
    if (views.length === 0) continue;
    outputs.set(OUTPUT.view(key), builder.reshape(truth.output({ nodeId, port }), [count, dim]));
  }
  const latents = lowerLatents(context, batch, evaluation, energies, outputs);
  const variables = lowerDistances(context, options, evaluation, outputs, tenfold);
  const probes = captureProbes(context, { ...options, outputs: inferred }, 'reports', outputs);
  const program = finishProgram(context, { updates: new Map(), metrics: metrics.values, outputs });
  return success({
    program,
    data: context.requests,
    metrics: metrics.metrics,
    batch,
    representations,
    energies: energies.map(({ watched }) => watched),
    variables,
    latents,
    probes,
    trainedFrom: begins(
      analysis,
      [...representations, ...energies.map(({ watched }) => watched)].map(({ nodeId }) => nodeId),
    ),
    tenfold,
  });
}

/** The nodes of which something is not trained before a later step → that step. */
function begins(analysis: Analysis, nodeIds: readonly string[]): Map<string, number> {
  const all = nodeIds.map((id): [string, number] => [id, trainingBegins(analysis, id)]);
  return new Map(all.filter(([, step]) => step > 0));
}
