import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { lowerFunctionals } from '../contrast/lowerFunctionals';
import { portKey, type PortReference } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, trainingOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';

/** The contrastive points of a training step. */
export interface NegativesProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** A training batch. */
  readonly rows: number;
}

/** Names in the program's `outputs`, `[rows, …]` each. */
export const NEGATIVES = {
  /** ŷ of a sampler. */
  points: (nodeId: string) => `points:${nodeId}`,
  /** A value of the same rows. */
  beside: ({ nodeId, port }: PortReference) => `beside:${portKey(nodeId, port)}`,
} as const;

/**
 * What samplers contrast a training step's batch with (docs/semantics.md §5): the rows, the random numbers and the weights are those
 * of the step that the program is at. Nothing is trained, and chains stay where they are. `beside`: values of the same rows.
 */
export function compileNegatives(
  analysis: Analysis,
  samplers: readonly string[],
  beside: readonly PortReference[] = [],
): Result<NegativesProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const context = new ProgramContext(new Builder(), analysis);
  const options = trainingOptions(analysis);
  const found = inferFreeVariables(context, options);
  const evaluation = new Evaluation(context, { ...options, outputs: found });
  const { negatives } = lowerFunctionals(context, options, evaluation);
  const outputs = new Map<string, Value>([
    ...samplers.map((id): [string, Value] => [
      NEGATIVES.points(id),
      defined(negatives.get(id), `contrastive points of ${id}`).points,
    ]),
    ...beside.map((port): [string, Value] => [NEGATIVES.beside(port), evaluation.output(port)]),
  ]);
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, rows: options.batch });
}
