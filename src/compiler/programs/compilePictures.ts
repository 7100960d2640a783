import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { randomKey } from '../../core/random';
import { failure, success, type Result } from '../../core/result';
import { sampleSize } from '../../graph/ports';
import { Builder } from '../../ir/builder';
import type { Program, Shape, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { lowerFunctionals } from '../contrast/lowerFunctionals';
import { portKey, type GraphNode, type PortReference } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, trainingOptions, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext, weightState } from '../lowering/programContext';
import { finishProgram } from './finishProgram';
import { pictureSources, type PictureSource } from './pictureSources';

/** Rows of pictures. */
export interface PicturesProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** Samples in a row of the program's outputs, which are named by key: `[rows, …]`. Atoms are all of them. */
  readonly rows: number;
  readonly sources: readonly PictureSource[];
}

/** Sweeps over all units from a damaged pattern, after which a memory of a few patterns rests. */
const RECALL_SWEEPS = 10;
/** Sweeps after which samples have forgotten where they started, as far as a small machine lets them. */
const SAMPLE_SWEEPS = 100;

/**
 * The pictures of a graph: the first `rows` held-out samples in evaluate mode with free variables inferred, what energies recall and
 * draw there, ŷ of the training step that the program is at, and atoms.
 */
export function compilePictures(analysis: Analysis, rows: number): Result<PicturesProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const sources = pictureSources(analysis);
  const context = new ProgramContext(new Builder(), analysis);
  const available = analysis.graph.nodes.flatMap(
    ({ definition, params }) => definition.dataset?.(params).heldOutRows ?? [],
  );
  const batch = Math.min(rows, analysis.training.batchSize, ...available);
  const options: EvaluationOptions = {
    mode: 'evaluate',
    views: 'evaluate',
    split: 'heldOut',
    batch,
  };
  const lowering = new PictureLowering(context, options, sources);
  const outputs = new Map<string, Value>(
    sources.map((source) => [source.key, lowering.valueOf(source)]),
  );
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, rows: batch, sources });
}

class PictureLowering {
  private readonly evaluation: Evaluation;
  private readonly negatives: ReturnType<typeof lowerFunctionals>['negatives'];

  constructor(
    private readonly context: ProgramContext,
    private readonly options: EvaluationOptions,
    sources: readonly PictureSource[],
  ) {
    const inferred = (given: EvaluationOptions): Evaluation =>
      new Evaluation(context, { ...given, outputs: inferFreeVariables(context, given) });
    this.evaluation = inferred(options);
    const training = trainingOptions(context.analysis);
    this.negatives = sources.some(({ kind }) => kind === 'contrastive')
      ? lowerFunctionals(context, training, inferred(training)).negatives
      : new Map();
  }

  valueOf(source: PictureSource): Value {
    const { context, evaluation, options } = this;
    const { builder, analysis } = context;
    switch (source.kind) {
      case 'port':
        return evaluation.output(source.port);
      case 'atoms': {
        const owner = analysis.owners.get(source.node.id) ?? source.node.id;
        return context.stateArray(weightState(analysis, owner, source.weight));
      }
      case 'contrastive': {
        const { points } = defined(this.negatives.get(source.sampler), 'contrastive points');
        return builder.sliceAxis(points, 0, 0, options.batch);
      }
      case 'recalled': {
        // A unit is on where that is more likely than not: sweeps at a temperature of zero.
        const half = (_: string, shape: Shape): Value => builder.constant(0.5, shape);
        const start = evaluation.output(source.damaged);
        return this.swept(source.energy, source.observed, start, RECALL_SWEEPS, half);
      }
      case 'sampled':
        return this.sampled(source);
    }
  }

  private sampled({ contrasted }: Extract<PictureSource, { kind: 'sampled' }>): Value {
    const { context, evaluation } = this;
    const { builder, seed, step } = context;
    const { energyNode, negative } = contrasted;
    const { observed } = defined(negative, 'contrastive points');
    const start = builder.constant(0, evaluation.output(observed).shape);
    return this.swept(energyNode, observed, start, SAMPLE_SWEEPS, (stream, shape, turn) => {
      const counter = builder.add(builder.mul(step, SAMPLE_SWEEPS), turn);
      return builder.random(randomKey(seed, energyNode.id, `pictures ${stream}`), counter, shape);
    });
  }

  /** Where sweeps over all units of an energy lead from a y; hidden ones start at 0. */
  private swept(
    energy: GraphNode,
    observed: PortReference,
    start: Value,
    sweeps: number,
    uniform: (stream: string, shape: Shape, turn: Value) => Value,
  ): Value {
    const { context, options } = this;
    const { builder, analysis } = context;
    const { ports, sweep } = defined(energy.definition.conditionals, 'conditionals');
    const connected = ports.filter((port) => (energy.inputs.get(port) ?? []).length > 0);
    const starts = connected.map((port, place) => {
      if (place === 0) return start;
      const [source] = energy.inputs.get(port) ?? [];
      const { nodeId, port: name } = defined(source, 'units');
      const type = defined(analysis.types.get(portKey(nodeId, name)), 'type of units');
      return builder.constant(0, [options.batch, sampleSize(type)]);
    });
    const ends = builder.repeat(sweeps, starts, (carried, turn) => {
      const [y = start] = carried;
      const outputs = new Map([[portKey(observed.nodeId, observed.port), y]]);
      const evaluation = new Evaluation(context, { ...options, outputs });
      const units = Object.fromEntries(
        connected.map((port, place) => [port, defined(carried[place], port)]),
      );
      const drawn = sweep(evaluation.contextOf(energy.id), units, (stream, shape) =>
        uniform(stream, shape, turn),
      );
      return connected.map((port) => defined(drawn[port], port));
    });
    return defined(ends[0], 'y');
  }
}
