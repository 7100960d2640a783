import { defined } from '../../core/invariant';
import { randomKey } from '../../core/random';
import type { Mode } from '../../graph/mode';
import type { StatisticSpec } from '../../graph/nodeDefinition';
import type { Builder } from '../../ir/builder';
import type { DataSpec, Initializer, LiveSpec, Shape, StateSpec, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { verifyGraph } from '../analysis/verifyGraph';
import type { GraphNode } from '../graph/graph';
import { LIVE, stateName } from '../names';
import type { DataRequest } from './dataRequest';

/** One node in one evaluation: what it read and what it made of it. */
export interface LoweredNode {
  readonly node: GraphNode;
  /** Input port → values, as the node saw them. */
  readonly inputs: ReadonlyMap<string, readonly Value[]>;
  readonly outputs: ReadonlyMap<string, Value>;
  /** Evaluates held-out rows, or trains. */
  readonly mode: Mode;
  /** Its weights were constants. */
  readonly frozen: boolean;
  /** Moves running statistics. */
  readonly movesStatistics: boolean;
}

/**
 * What the evaluations of one program share: the builder, and the inputs asked for so far. State, live scalars and data
 * are declared when a node first reads them, so a program has what it uses.
 */
export class ProgramContext {
  readonly step: Value;
  readonly state = new Map<string, StateSpec>();
  readonly live = new Map<string, LiveSpec>();
  readonly data = new Map<string, DataSpec>();
  readonly requests: DataRequest[] = [];

  constructor(
    readonly builder: Builder,
    readonly analysis: Analysis,
    /** Told of each node that is lowered: for whoever prints a program node by node. */
    readonly onLowered?: (lowered: LoweredNode) => void,
  ) {
    verifyGraph(analysis);
    this.step = builder.input('step', 'step', [], 'i32');
  }

  get seed(): number {
    return this.analysis.training.seed;
  }

  liveScalar(name: string, initial: number): Value {
    this.live.set(name, { name, initial });
    return this.builder.input('live', name, [], 'f32');
  }

  /** A live parameter of a node. */
  liveParameter(nodeId: string, parameter: string): Value {
    const { params } = defined(this.analysis.graph.byId.get(nodeId), `node ${nodeId}`);
    return this.liveScalar(LIVE.parameter(nodeId, parameter), Number(params[parameter]));
  }

  stateArray(spec: StateSpec): Value {
    this.state.set(spec.name, spec);
    return this.builder.input('state', spec.name, spec.shape, spec.dtype);
  }

  dataArray(request: DataRequest, shape: Shape): Value {
    if (!this.data.has(request.name)) {
      this.data.set(request.name, { name: request.name, shape, dtype: 'f32' });
      this.requests.push(request);
    }
    return this.builder.input('data', request.name, shape, 'f32');
  }
}

/**
 * The state of a weight, or of the average of one; random initial values depend on seed, owner and weight name only. An
 * average starts as what it follows.
 */
export function weightState(analysis: Analysis, owner: string, name: string): StateSpec {
  const average = analysis.averages.get(owner);
  if (average) {
    const followed = weightState(analysis, average.source, name);
    return { ...followed, name: stateName(owner, name), purpose: 'model', origin: owner };
  }
  const spec = defined(
    analysis.weights.get(owner)?.find((weight) => weight.name === name),
    `weight ${name} of ${owner}`,
  );
  return {
    name: stateName(owner, name),
    shape: spec.shape,
    dtype: 'f32',
    initializer: initializer(spec.initial, analysis, owner, `weight:${name}`),
    purpose: 'weight',
    origin: owner,
  };
}

/** Names of the arrays of the untrained model begin with it: no node's do. */
const UNTRAINED_PREFIX = 'untrained/';

/**
 * The array that takes the place of one of the model's in an evaluation of the untrained model: it starts the same, and no
 * optimizer changes it.
 */
export function untrainedState(spec: StateSpec): StateSpec {
  return { ...spec, name: `${UNTRAINED_PREFIX}${spec.name}`, purpose: 'probe' };
}

/** A weight that a program reads. */
export interface DeclaredWeight {
  /** The node that it belongs to. */
  readonly owner: string;
  readonly spec: StateSpec;
  readonly value: Value;
}

/** The weights that have been read so far, in the order of their owners. */
export function declaredWeights(context: ProgramContext): DeclaredWeight[] {
  const { analysis } = context;
  return [...analysis.weights].flatMap(([owner, specs]) =>
    specs.flatMap(({ name }) => {
      const spec = weightState(analysis, owner, name);
      return context.state.has(spec.name) ? [{ owner, spec, value: context.stateArray(spec) }] : [];
    }),
  );
}

/** The average of one weight, and what it follows: a trained weight or another average. */
export interface AveragedWeight {
  readonly spec: StateSpec;
  readonly followed: StateSpec;
}

/** Averages of weights that a program reads, in one link. */
export interface DeclaredAverage {
  readonly owner: string;
  /** How far it moves towards the weights after a step, an f32 scalar. */
  readonly rate: Value;
  readonly weights: readonly AveragedWeight[];
}

/**
 * The averages that have been read so far, and those that they follow, which come first. An average of weights that the
 * program does not read stays as it is.
 */
export function declaredAverages(context: ProgramContext): DeclaredAverage[] {
  const { analysis, builder, step } = context;
  const found: DeclaredAverage[] = [];
  for (const [owner, { source, weights }] of [...analysis.averages].reverse()) {
    const { definition, params } = defined(analysis.graph.byId.get(owner), `link ${owner}`);
    const averaged = weights.flatMap(({ name }): AveragedWeight[] => {
      const spec = weightState(analysis, owner, name);
      const followed = weightState(analysis, source, name);
      if (!context.state.has(spec.name)) return [];
      if (analysis.averages.has(source)) context.stateArray(followed);
      return context.state.has(followed.name) ? [{ spec, followed }] : [];
    });
    if (averaged.length === 0) continue;
    const rate = builder.withOrigin(owner, () =>
      defined(
        definition.average?.({
          builder,
          params,
          step,
          totalSteps: analysis.training.steps,
          live: (parameter) => context.liveParameter(owner, parameter),
        }),
        `average of ${owner}`,
      ),
    );
    found.unshift({ owner, rate, weights: averaged });
  }
  return found;
}

/** The state of a statistic; random initial values depend on seed, owner and name only. */
export function statisticState(analysis: Analysis, owner: string, name: string): StateSpec {
  const spec = defined(
    analysis.statistics.get(owner)?.find((statistic) => statistic.name === name),
    `statistic ${name} of ${owner}`,
  );
  return {
    name: stateName(owner, name),
    shape: spec.shape,
    dtype: 'f32',
    initializer: initializer(spec.initial, analysis, owner, `statistic:${name}`),
    purpose: 'model',
    origin: owner,
  };
}

function initializer(
  initial: StatisticSpec['initial'],
  { training }: Analysis,
  owner: string,
  stream: string,
): Initializer {
  if (typeof initial === 'number') return { kind: 'constant', value: initial };
  if (initial.kind === 'constant') return initial;
  return { ...initial, key: randomKey(training.seed, owner, stream) };
}
