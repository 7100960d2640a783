import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import type { DataRequest } from '../lowering/dataRequest';
import type { Split } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { metricName } from '../metrics';
import type { NamedNode } from './compiled';
import { datasetRows } from './datasetRows';
import { finishProgram } from './finishProgram';
import { lowerObjective } from './objectiveValues';

/** Rows at most: it is evaluated at a thousand weights and more. */
const MOST_ROWS = 256;

export interface ObjectiveProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly batch: number;
  /** The terms of the objective. */
  readonly terms: readonly NamedNode[];
}

/** Names in the program's `outputs`, all scalars. */
export const OBJECTIVE_AT = {
  loss: metricName({ kind: 'loss' }),
  /** λ·t. */
  term: (nodeId: string) => metricName({ kind: 'term', nodeId }),
} as const;

/**
 * The objective as a function of the weights, which are the program's state, on one batch that stays the same: the first rows of a
 * split. Latents are found as in evaluation, with its number of steps, and running statistics stay as they are. Views act as in
 * training, drawn once: with the views off two views of a sample are one, and a mask hides nothing.
 */
export function compileObjectiveAt(analysis: Analysis, split: Split): Result<ObjectiveProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const context = new ProgramContext(new Builder(), analysis);
  const batch = Math.min(analysis.training.batchSize, MOST_ROWS, ...datasetRows(analysis, split));
  const { metrics } = lowerObjective(context, { mode: 'evaluate', views: 'train', split, batch });
  const terms = [...new Map(analysis.objective.map(({ nodeId, label }) => [nodeId, label]))].map(
    ([nodeId, label]): NamedNode => ({ nodeId, label }),
  );
  const names = [OBJECTIVE_AT.loss, ...terms.map(({ nodeId }) => OBJECTIVE_AT.term(nodeId))];
  const outputs = new Map([...metrics.values].filter(([name]) => names.includes(name)));
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, batch, terms });
}
