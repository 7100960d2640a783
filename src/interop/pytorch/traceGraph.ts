import type { Analysis } from '../../compiler/analysis/analysis';
import { lowerTraining, type LoweredTraining } from '../../compiler/programs/compileTraining';
import { datasetRows } from '../../compiler/programs/datasetRows';
import { representationPorts } from '../../compiler/programs/representationPorts';
import { inferFreeVariables } from '../../compiler/latentInference/inference';
import { Evaluation } from '../../compiler/lowering/lower';
import { rateFactors } from '../../compiler/lowering/rateFactors';
import { ProgramContext } from '../../compiler/lowering/programContext';
import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { compareBatchSizes, type BatchSizes } from './extents';
import { placeValues } from './placement';
import type { Placement } from './placement';
import { RecordingBuilder, Scopes, type Trace } from './trace';

/** A trace with all that is known of it. */
export interface Traced {
  readonly trace: Trace;
  readonly scopes: Scopes;
  readonly sizes: BatchSizes;
  readonly context: ProgramContext;
  placeOf(value: Value): Placement;
}

/** Names in the roots of a trace. */
export const ROOT = {
  loss: 'loss',
  term: (nodeId: string) => `term:${nodeId}`,
  statistic: (state: string) => `statistic:${state}`,
  /** Of an average of weights. */
  rate: (owner: string) => `rate:${owner}`,
  /** Of the learning rate of a module. */
  factor: (owner: string) => `factor:${owner}`,
  representation: (key: string) => `representation:${key}`,
} as const;

export interface TracedTraining extends Traced {
  readonly lowered: LoweredTraining;
}

export interface TracedEvaluation extends Traced {
  /** Held-out rows that are looked at. */
  readonly rows: number;
}

/** Rows at most in one evaluation, as in the page (docs/semantics.md §9). */
const EVALUATION_ROWS = 512;

/** A training step before it is differentiated; null where its form depends on the batch size. */
export function traceTraining(
  analysis: Analysis,
  analysisAt: (batchSize: number) => Analysis,
): TracedTraining | null {
  const second = analysisAt(otherBatch(analysis.training.batchSize));
  const [one, other] = [analysis, second].map((at) => {
    const builder = new RecordingBuilder();
    const context = recordingContext(builder, at);
    // Probes read and train nothing of the model.
    const lowered = lowerTraining({ ...at, probes: [] }, context);
    const roots = new Map<string, Value>([[ROOT.loss, lowered.loss]]);
    for (const [name, metric] of lowered.metrics.metrics) {
      if (metric.kind !== 'term') continue;
      roots.set(ROOT.term(metric.nodeId), defined(lowered.metrics.values.get(name), name));
    }
    for (const [name, value] of lowered.statistics) roots.set(ROOT.statistic(name), value);
    for (const { owner, rate } of lowered.averages) roots.set(ROOT.rate(owner), rate);
    for (const [owner, factor] of rateFactors(context)) roots.set(ROOT.factor(owner), factor);
    return { ...finish(builder, context, roots, at.training.batchSize), lowered };
  }) as [Unsized & { lowered: LoweredTraining }, Unsized];
  const traced = sized(one, other);
  return traced && { ...traced, lowered: one.lowered };
}

/** The forward pass on held-out rows, as far as the representations need it. */
export function traceEvaluation(analysis: Analysis): TracedEvaluation | null {
  const most = Math.min(...datasetRows(analysis, 'heldOut'));
  // Fewer than there are: taking all of them is another program.
  const rows = Math.min(EVALUATION_ROWS, most - 1 - ((most - 1) % 2));
  const [one, other] = [rows, otherBatch(rows)].map((batch) => {
    const builder = new RecordingBuilder();
    const context = recordingContext(builder, analysis);
    const options = { mode: 'evaluate', views: 'evaluate', split: 'heldOut', batch } as const;
    const outputs = inferFreeVariables(context, options);
    const evaluation = new Evaluation(context, { ...options, outputs });
    const roots = new Map<string, Value>();
    const representations = representationPorts(analysis, batch);
    for (const { key, nodeId, port, rows: count, dim } of representations) {
      const value = evaluation.output({ nodeId, port });
      roots.set(ROOT.representation(key), context.builder.reshape(value, [count, dim]));
    }
    return finish(builder, context, roots, batch);
  }) as [Unsized, Unsized];
  const traced = sized(one, other);
  return (
    traced && { ...traced, rows: traced.sizes.anyBatch ? Math.min(EVALUATION_ROWS, most) : rows }
  );
}

interface Unsized {
  readonly trace: Trace;
  readonly context: ProgramContext;
}

function recordingContext(builder: RecordingBuilder, analysis: Analysis): ProgramContext {
  return new ProgramContext(builder, analysis, (node) => builder.lowered.push(node));
}

function finish(
  builder: RecordingBuilder,
  context: ProgramContext,
  roots: ReadonlyMap<string, Value>,
  batch: number,
): Unsized {
  const { remarks, lowered } = builder;
  return { trace: { batch, phases: builder.takePhases(), remarks, lowered, roots }, context };
}

function sized(one: Unsized, other: Unsized): Traced | null {
  const sizes = compareBatchSizes(one.trace, other.trace);
  if (sizes === null) return null;
  return {
    ...one,
    sizes,
    scopes: new Scopes(one.trace.phases),
    placeOf: placeValues(one.trace, sizes),
  };
}

/** Another batch size that a graph can be lowered for. */
function otherBatch(batch: number): number {
  return batch >= 8 && batch % 2 === 0 ? batch / 2 : batch + 1;
}
