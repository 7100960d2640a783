import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { lowerFunctionals } from '../contrast/lowerFunctionals';
import { portKey, type PortReference } from '../graph/graph';
import { upstream } from '../graph/topology';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { datasetRows } from './datasetRows';
import { finishProgram } from './finishProgram';

/** Rows at most in one run. */
const MAX_ROWS = 512;

export interface SampleProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** Rows of one run; another step of it draws others. */
  readonly rows: number;
}

/** Name in the program's `outputs`. */
export const SAMPLES = 'samples';

/**
 * A port in generate mode (docs/semantics.md §4): latents are drawn from their prior, samplers run, and data are held-out rows,
 * the first ones. A port of contrastive points gives these; an energy gives a number a row.
 */
export function compileSample(
  analysis: Analysis,
  { nodeId, port }: PortReference,
  rows = MAX_ROWS,
): Result<SampleProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const key = portKey(nodeId, port);
  const { graph } = analysis;
  const output = graph.byId.get(nodeId)?.ports.outputs.find(({ name }) => name === port);
  const type = output?.type;
  if (type !== 'tensor' && type !== 'energy' && type !== 'negative') {
    return failure({
      code: 'sample.no-port',
      severity: 'error',
      message: output
        ? `“${key}” carries ${type === 'weights' ? 'weights' : 'a loss of a whole batch'}, of which there are no samples.`
        : `The graph has no output “${key}”.`,
      hint: `Name one of ${samplePorts(analysis).join(', ')}.`,
    });
  }
  const context = new ProgramContext(new Builder(), analysis);
  const above = new Set(upstream(graph, [nodeId]));
  const batch = Math.min(rows, MAX_ROWS, ...datasetRows(analysis, 'heldOut', above));
  const options: EvaluationOptions = {
    mode: 'generate',
    views: 'evaluate',
    split: 'heldOut',
    batch,
  };
  const evaluation = new Evaluation(context, options);
  const value = type === 'negative' ? pointsOf(context, options, evaluation, nodeId) : evaluation.output({ nodeId, port }); // prettier-ignore
  if (!value) {
    return failure({
      code: 'sample.no-port',
      severity: 'error',
      message: `“${key}” is read by no loss functional, so there is no energy to sample from.`,
      hint: 'Connect it to a loss functional.',
    });
  }
  const program = finishProgram(context, {
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([[SAMPLES, value]]),
  });
  return success({ program, data: context.requests, rows: batch });
}

function pointsOf(
  context: ProgramContext,
  options: EvaluationOptions,
  evaluation: Evaluation,
  sampler: string,
): Value | null {
  const { negatives } = lowerFunctionals(context, options, evaluation);
  return negatives.get(sampler)?.points ?? null;
}

function samplePorts({ graph }: Analysis): string[] {
  return graph.nodes.flatMap(({ id, ports }) =>
    ports.outputs
      .filter(({ type }) => type === 'tensor' || type === 'negative')
      .map(({ name }) => portKey(id, name)),
  );
}
