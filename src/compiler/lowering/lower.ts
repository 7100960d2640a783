import { defined, invariant } from '../../core/invariant';
import { randomKey } from '../../core/random';
import type { Mode } from '../../graph/mode';
import type { DatasetSpec, LowerContext } from '../../graph/nodeDefinition';
import { tensorType, type TensorType } from '../../graph/ports';
import { standardNormal } from '../../ir/compose';
import type { StateSpec, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';
import { inferContext, makeInputs } from '../graph/inferTypes';
import { seenData } from '../graph/seenData';
import type { StatisticUpdates } from './statisticUpdates';
import { LABELS } from './dataRequest';
import { drawRows } from './drawRows';
import { statisticState, untrainedState, weightState, type ProgramContext } from './programContext';
import { isTrainedNow } from './trainedSteps';

export type Split = 'train' | 'heldOut';

export interface EvaluationOptions {
  readonly mode: Mode;
  /** Views are switched apart from the mode: diagnostics of pairs keep them on (docs/semantics.md §9). */
  readonly views: Mode;
  readonly split: Split;
  readonly batch: number;
  /** Values that replace outputs: what inference found, or carries. */
  readonly outputs?: ReadonlyMap<PortKey, Value>;
  /** Weights are constants: gradients go to the values alone. */
  readonly frozen?: boolean;
  /** The initial weights in place of the trained ones, normalised by statistics of the batch. */
  readonly untrained?: boolean;
  /** All rows of the batch get the same random numbers: points that are to be compared. */
  readonly alike?: boolean;
  /** Functions that change what a single input reads, `index` counting the values of a port: shuffled pairs. */
  readonly inputs?: ReadonlyMap<PortKey, (value: Value, index: number) => Value>;
  /** Collects the running statistics of the training step; without it they stay as they are. */
  readonly statistics?: StatisticUpdates;
}

/** How a training step evaluates the graph. */
export function trainingOptions(
  analysis: Analysis,
  statistics?: StatisticUpdates,
): EvaluationOptions {
  return {
    mode: 'train',
    views: 'train',
    split: 'train',
    batch: analysis.training.batchSize,
    ...(statistics ? { statistics } : {}),
  };
}

/**
 * One forward evaluation of the graph. Equal parts of several evaluations (with other latents, with
 * shuffled pairs) come out as the same values, because the builder shares equal applications.
 */
export class Evaluation {
  private readonly values = new Map<PortKey, Value>();
  private readonly steps = new Map<PortKey, Value>();
  private readonly lowered = new Set<string>();

  constructor(
    private readonly context: ProgramContext,
    private readonly options: EvaluationOptions,
  ) {
    for (const [key, value] of options.outputs ?? []) this.values.set(key, value);
  }

  /** The value of an output: `[B, …]`, `[B]` for an energy, a scalar for a loss. */
  output(reference: PortReference): Value {
    const key = portKey(reference.nodeId, reference.port);
    const known = this.values.get(key);
    if (known) return known;
    for (const node of this.pending(reference.nodeId)) this.lower(node);
    return defined(this.values.get(key), `value of ${key}`);
  }

  /** `[B, T]`: an energy over a sequence before its steps are averaged; null where it has no steps, or was given. */
  energyBySteps(reference: PortReference): Value | null {
    this.output(reference);
    return this.steps.get(portKey(reference.nodeId, reference.port)) ?? null;
  }

  /** Nodes to be lowered for `target`, sources first: an explicit walk, as graphs may be deep. */
  private pending(target: string): GraphNode[] {
    const { graph } = this.context.analysis;
    const needed = new Set<string>();
    const queue = [target];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (needed.has(id) || this.lowered.has(id)) continue;
      needed.add(id);
      const node = defined(graph.byId.get(id), `node ${id}`);
      for (const [port, sources] of node.inputs) {
        if (isWeightsPort(node, port)) continue;
        for (const source of sources) {
          if (!this.values.has(portKey(source.nodeId, source.port))) queue.push(source.nodeId);
        }
      }
    }
    return graph.nodes.filter(({ id }) => needed.has(id));
  }

  /** What a node is lowered with, its inputs evaluated. */
  contextOf(nodeId: string): LowerContext<Record<string, unknown>> {
    const node = defined(this.context.analysis.graph.byId.get(nodeId), `node ${nodeId}`);
    for (const needed of this.pending(nodeId)) if (needed !== node) this.lower(needed);
    return this.readContext(node).context;
  }

  private lower(node: GraphNode): void {
    this.context.builder.withOrigin(node.id, () => {
      const { context, time, inputs } = this.readContext(node);
      const results = node.definition.lower(context);
      this.context.onLowered?.({
        node,
        inputs,
        outputs: new Map(Object.entries(results)),
        mode: this.options.mode,
        frozen: this.options.frozen === true,
        movesStatistics: this.options.statistics !== undefined,
      });
      for (const port of node.ports.outputs) {
        if (port.type === 'weights') continue;
        const key = portKey(node.id, port.name);
        if (this.values.has(key)) continue;
        const value = defined(results[port.name], `result ${key}`);
        this.values.set(key, time === null ? value : this.unfoldTime(key, value, port.type, time));
      }
    });
    this.lowered.add(node.id);
  }

  private readContext(node: GraphNode): {
    context: LowerContext<Record<string, unknown>>;
    time: number | null;
    inputs: ReadonlyMap<string, readonly Value[]>;
  } {
    const { analysis } = this.context;
    const inference = inferContext(node, analysis.types);
    invariant(inference !== 'incomplete' && !('code' in inference), `${node.id} cannot be lowered`);
    const { time, inner } = inference;
    const inferred = node.definition.infer(inner);
    invariant(inferred.ok, `${node.id} has no types`);
    const inputs = new Map<string, Value[]>();
    for (const port of node.ports.inputs) {
      if (port.type === 'weights') continue;
      const values = (node.inputs.get(port.name) ?? []).map((source, index) => {
        const key = portKey(source.nodeId, source.port);
        const value = defined(this.values.get(key), `value of ${key}`);
        const change = this.options.inputs?.get(portKey(node.id, port.name));
        const read = change ? change(value, index) : value;
        const type = analysis.types.get(key);
        return time === null || port.type !== 'tensor' ? read : this.foldTime(read, type, time);
      });
      inputs.set(port.name, values);
    }
    const context = this.lowerContext(node, makeInputs(inputs), inner.inputs, inferred.outputs);
    return { context, time, inputs };
  }

  /** `[B, T, …s]` to `[B·T, …s]`; an input without time is repeated over it. */
  private foldTime(value: Value, type: TensorType | undefined, time: number): Value {
    const { builder } = this.context;
    const [batch = 1, ...rest] = value.shape;
    const shape = type?.time == null ? rest : rest.slice(1);
    const timed =
      type?.time == null
        ? builder.broadcast(
            value,
            [batch, time, ...shape],
            [0, ...shape.map((_, axis) => axis + 2)],
          )
        : value;
    return builder.reshape(timed, [batch * time, ...shape]);
  }

  private unfoldTime(key: PortKey, value: Value, type: string, time: number): Value {
    const { builder } = this.context;
    if (type === 'loss') return value;
    const [rows = 1, ...shape] = value.shape;
    const unfolded = builder.reshape(value, [rows / time, time, ...shape]);
    if (type !== 'energy') return unfolded;
    this.steps.set(key, unfolded);
    return builder.mean(unfolded, [1]);
  }

  private lowerContext(
    node: GraphNode,
    inputs: LowerContext<unknown>['inputs'],
    inputTypes: LowerContext<unknown>['inputTypes'],
    outputTypes: LowerContext<unknown>['outputTypes'],
  ): LowerContext<Record<string, unknown>> {
    const { context, options } = this;
    const { builder, analysis, seed } = context;
    const owner = analysis.owners.get(node.id) ?? node.id;
    const statisticOwner = analysis.statisticOwners.get(node.id) ?? node.id;
    return {
      builder,
      params: node.params,
      mode: node.definition.category === 'view' ? options.views : options.mode,
      // The running statistics are the trained model's: its initial weights have seen no batch but this one.
      usesBatchStatistics: options.mode === 'train' || options.untrained === true,
      batch: options.batch,
      inputs,
      inputTypes,
      outputTypes,
      live: (parameter) => context.liveParameter(node.id, parameter),
      weight: (name) => {
        const weight = context.stateArray(ofModel(options, weightState(analysis, owner, name)));
        return options.frozen ? builder.stopGradient(weight) : weight;
      },
      statistic: (name) =>
        context.stateArray(ofModel(options, statisticState(analysis, statisticOwner, name))),
      updateStatistic: (name, next) => {
        if (!options.statistics) return;
        const spec = ofModel(options, statisticState(analysis, statisticOwner, name));
        const before = context.stateArray(spec);
        const isTrained = isTrainedNow(context, statisticOwner);
        options.statistics.update(node.id, spec.name, before, (current) => {
          const moved = builder.stopGradient(next(current));
          return isTrained ? builder.select(isTrained, moved, current) : moved;
        });
      },
      uniform: (stream, shape) =>
        drawRows(builder, options, shape, (drawn) =>
          builder.random(randomKey(seed, node.id, stream), context.step, drawn),
        ),
      normal: (stream, shape) =>
        drawRows(builder, options, shape, (drawn) =>
          standardNormal(builder, randomKey(seed, node.id, stream), context.step, drawn),
        ),
      rowNumbers: () => {
        const data = defined(seenData(analysis.graph, node), `data of ${node.id}`);
        return this.drawnRows(data.id, data.trainRows, options.batch);
      },
      column: (name) => this.column(node, name),
    };
  }

  private drawnRows(id: string, rows: number, batch: number): Value {
    const { builder, seed, step } = this.context;
    return builder.sampleRows(randomKey(seed, id, 'rows'), step, rows, batch);
  }

  /** Class numbers of the batch's rows of a labelled data set, f32[B]: for probes alone. */
  labels(dataset: DatasetSpec): Value {
    return this.rowsOf(dataset, LABELS, tensorType([]));
  }

  private column(node: GraphNode, column: string): Value {
    const dataset = defined(node.definition.dataset?.(node.params), `data set of ${node.id}`);
    return this.rowsOf(dataset, column, defined(dataset.columns[column], `column ${column}`));
  }

  /** Training rows are drawn by a keyed permutation; the first rows of the split otherwise. */
  private rowsOf(dataset: DatasetSpec, column: string, type: TensorType): Value {
    const { builder } = this.context;
    const { split, batch, mode } = this.options;
    const rows = split === 'train' ? dataset.trainRows : dataset.heldOutRows;
    const shape = [rows, ...(type.time === null ? [] : [type.time]), ...type.shape];
    const array = this.context.dataArray(
      { name: `${dataset.id}/${split}/${column}`, dataset, column, split },
      shape,
    );
    if (mode !== 'train') return builder.sliceAxis(array, 0, 0, batch);
    return builder.gather(array, this.drawnRows(dataset.id, rows, batch));
  }
}

/** A state array of the model that an evaluation is of: the trained one, or the untrained one. */
export function ofModel({ untrained }: EvaluationOptions, spec: StateSpec): StateSpec {
  return untrained ? untrainedState(spec) : spec;
}

function isWeightsPort(node: GraphNode, name: string): boolean {
  return node.ports.inputs.some((port) => port.name === name && port.type === 'weights');
}
