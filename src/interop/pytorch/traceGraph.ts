import type { Analysis } from '../../compiler/analysis/analysis';
import { lowerTraining, type LoweredTraining } from '../../compiler/programs/compileTraining';
import { datasetRows } from '../../compiler/programs/datasetRows';
import { representationPorts } from '../../compiler/programs/representationPorts';
import { inferFreeVariables } from '../../compiler/latentInference/inference';
import { Evaluation } from '../../compiler/lowering/lower';
import { rateFactors } from '../../compiler/lowering/rateFactors';
import { ProgramContext } from '../../compiler/lowering/programContext';
import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { compareBatchSizes, OWN_SIZE, type BatchSizes } from './extents';
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

/** A training step before it is differentiated. */
export function traceTraining(
  analysis: Analysis,
  analysisAt: (batchSize: number) => Analysis,
): TracedTraining {
  const { batchSize } = analysis.training;
  const others = otherBatches(batchSize).filter(
    (batch) => !hasErrors(analysisAt(batch).diagnostics),
  );
  return sized(batchSize, others, (batch) => {
    const at = batch === batchSize ? analysis : analysisAt(batch);
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
    return { ...finish(builder, context, roots, batch), lowered };
  });
}

/** The forward pass on held-out rows, as far as the representations need it. */
export function traceEvaluation(analysis: Analysis): TracedEvaluation {
  const most = Math.min(...datasetRows(analysis, 'heldOut'));
  // Fewer than there are: taking all of them is another program. Of a handful, all.
  const fewer = most - 1 - ((most - 1) % 2);
  const rows = most < 4 ? most : Math.min(EVALUATION_ROWS, fewer);
  const others = otherBatches(rows).filter((batch) => batch < most);
  const traced = sized(rows, others, (batch) => {
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
  });
  return { ...traced, rows: traced.sizes.anyBatch ? Math.min(EVALUATION_ROWS, most) : rows };
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

/**
 * A graph as it is for `batch` rows, with what of it goes with their number: that is found by comparing it with what it is for others.
 * Where none of them leads to the same program, it is written for its own size alone.
 */
function sized<T extends Unsized>(
  batch: number,
  others: readonly number[],
  traceAt: (batch: number) => T,
): T & Traced {
  const own = traceAt(batch);
  const compared: T[] = [];
  for (const size of others) {
    const other = traceAt(size);
    const sizes = compareBatchSizes(own.trace, other.trace);
    if (sizes !== null) return withSizes(own, sizes);
    compared.push(other);
  }
  // Where the batch is as large as something else, one value stands for two that have nothing to do with each other: then the
  // program is written from a size at which they are two, and has this one as one of its sizes.
  for (const other of compared) {
    const sizes = compareBatchSizes(other.trace, own.trace);
    if (sizes?.anyBatch === true) return withSizes(other, sizes);
  }
  return withSizes(own, OWN_SIZE);
}

function withSizes<T extends Unsized>(made: T, sizes: BatchSizes): T & Traced {
  return {
    ...made,
    sizes,
    scopes: new Scopes(made.trace.phases),
    placeOf: placeValues(made.trace, sizes),
  };
}

/** Other batch sizes that a graph may be lowered for, the likeliest first. */
function otherBatches(batch: number): readonly number[] {
  const half = batch >= 8 && batch % 2 === 0 ? [batch / 2] : [];
  return [...half, batch + 1, 2 * batch + 3];
}
