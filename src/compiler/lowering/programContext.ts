import { defined } from '../../core/invariant';
import { randomKey } from '../../core/random';
import type { Builder } from '../../ir/builder';
import type { DataSpec, Initializer, LiveSpec, Shape, StateSpec, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { verifyGraph } from '../analysis/verifyGraph';
import { stateName } from '../names';
import type { DataRequest } from './dataRequest';

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

/** The state of a weight; random initial values depend on seed, owner and weight name only. */
export function weightState(analysis: Analysis, owner: string, name: string): StateSpec {
  const spec = defined(
    analysis.weights.get(owner)?.find((weight) => weight.name === name),
    `weight ${name} of ${owner}`,
  );
  const initializer: Initializer =
    spec.initial.kind === 'constant'
      ? spec.initial
      : { ...spec.initial, key: randomKey(analysis.training.seed, owner, `weight:${name}`) };
  return {
    name: stateName(owner, name),
    shape: spec.shape,
    dtype: 'f32',
    initializer,
    purpose: 'weight',
    origin: owner,
  };
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

/** The state of a running statistic. */
export function statisticState(analysis: Analysis, owner: string, name: string): StateSpec {
  const spec = defined(
    analysis.statistics.get(owner)?.find((statistic) => statistic.name === name),
    `statistic ${name} of ${owner}`,
  );
  return {
    name: stateName(owner, name),
    shape: spec.shape,
    dtype: 'f32',
    initializer: { kind: 'constant', value: spec.initial },
    purpose: 'model',
    origin: owner,
  };
}
