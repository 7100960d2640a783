import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import type { EvaluationOptions, Split } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { captureProbes } from '../probes/captureProbes';
import type { WatchedProbe } from '../probes/watchedProbe';
import { datasetRows } from './datasetRows';
import { finishProgram } from './finishProgram';

/** What the probes that predict read on one split, with their targets, in evaluate mode. */
export interface ProbeFeaturesProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** Outputs by `PROBE_OUTPUT`. */
  readonly probes: readonly WatchedProbe[];
}

/** The first `rows` rows of a split at most. */
export function compileProbeFeatures(
  analysis: Analysis,
  split: Split,
  rows: number,
): Result<ProbeFeaturesProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const context = new ProgramContext(new Builder(), analysis);
  const batch = Math.min(rows, ...datasetRows(analysis, split));
  const options: EvaluationOptions = { mode: 'evaluate', views: 'evaluate', split, batch };
  const outputs = new Map<string, Value>();
  const inferred = inferFreeVariables(context, options);
  const probes = captureProbes(context, { ...options, outputs: inferred }, 'features', outputs);
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, probes });
}
