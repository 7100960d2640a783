import type { Analysis } from '../compiler/analysis/analysis';
import type { GraphNode } from '../compiler/graph/graph';
import type { TrainingProgram } from '../compiler/programs/compiled';
import { compileDiagnosis, type DiagnosisProgram } from '../compiler/programs/compileDiagnosis';
import { ownClocks } from '../compiler/optimizer/optimize';
import { compileTraining } from '../compiler/programs/compileTraining';
import { loadData, type DatasetCache } from '../compiler/programs/loadData';
import type { Diagnostic } from '../core/diagnostic';
import { failure, success, type Result } from '../core/result';
import type { HostArrays } from '../engine/engine';

/** What keeps numbers between steps besides weights: inference its codes, a sampler its chains, anything else statistics of what passes. */
export type Keeper = 'inference' | 'sampler' | 'node';

/** What a session needs besides an engine. */
export interface PreparedTraining {
  readonly training: TrainingProgram;
  readonly data: HostArrays;
  /** A program that says which values of a step were finite; asked for after a bad step. */
  diagnosis(): Result<DiagnosisProgram>;
  /** The user's name for a node. */
  labelOf(nodeId: string): string;
  /** What a node is as one that keeps numbers between steps. */
  keeperOf(nodeId: string | null): Keeper;
}

export interface PrepareOptions {
  asset(name: string): Promise<ArrayBuffer>;
  readonly cache?: DatasetCache;
  /** A state that the run goes on from. */
  readonly state?: HostArrays;
}

/** From an analysis to a program with its data. Fails with the analysis' own errors, if it has any. */
export async function prepareTraining(
  analysis: Analysis,
  options: PrepareOptions,
): Promise<Result<PreparedTraining>> {
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return failure(...errors);
  const training = compileTraining(analysis, options.state && ownClocks(options.state));
  if (!training.ok) return training;
  const loaded = await loadData(training.value.data, {
    seed: analysis.training.seed,
    asset: options.asset,
    cache: options.cache,
  });
  if (!loaded.ok) return loaded;
  const warnings: Diagnostic[] = [...training.diagnostics, ...loaded.diagnostics];
  return success(
    {
      training: training.value,
      data: loaded.value.arrays,
      diagnosis: () => compileDiagnosis(analysis),
      labelOf: (nodeId) => analysis.graph.byId.get(nodeId)?.label ?? nodeId,
      keeperOf: (nodeId) => keeperOf(nodeId === null ? undefined : analysis.graph.byId.get(nodeId)),
    },
    warnings,
  );
}

function keeperOf(node: GraphNode | undefined): Keeper {
  if (node?.definition.sampler !== undefined) return 'sampler';
  return node?.definition.category === 'latent' ? 'inference' : 'node';
}
