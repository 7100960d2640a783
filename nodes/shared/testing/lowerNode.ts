import { gradients } from '../../../src/compiler/autodiff/gradients';
import { defined, invariant } from '../../../src/core/invariant';
import { randomKey } from '../../../src/core/random';
import type {
  InferContext,
  Mode,
  NodeDefinition,
  StatisticSpec,
  WeightSpec,
} from '../../../src/graph/nodeDefinition';
import { liveParameters } from '../../../src/graph/parameterMeta';
import type { TensorType } from '../../../src/graph/ports';
import { Builder } from '../../../src/ir/builder';
import { standardNormal } from '../../../src/ir/compose';
import type { Initializer, Program, StateSpec, Value } from '../../../src/ir/types';
import { inputsOf, seenType, type TestTensor } from './tensor';

const NODE = 'node';

/** `infer` found a problem with the inputs of a test. */
export class RefusedInputs extends Error {
  override readonly name = 'RefusedInputs';
}

export interface LoweringRequest {
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: ReadonlyMap<string, readonly TestTensor[]>;
  readonly columns: ReadonlyMap<string, TestTensor>;
  readonly mode: Mode;
  readonly batch: number;
  readonly seed: number;
  readonly gradientOf: string | null;
}

export interface LoweredNode {
  readonly program: Program;
  /** Arrays of `program.data`. */
  readonly data: ReadonlyMap<string, TestTensor>;
  readonly outputs: ReadonlyMap<string, Value>;
  readonly gradients: ReadonlyMap<string, readonly Value[]>;
  readonly types: Readonly<Record<string, TensorType>>;
  readonly weights: readonly WeightSpec[];
  readonly statistics: readonly StatisticSpec[];
}

/** Names of a lowered node's program outputs. */
export const RESULT = {
  output: (port: string) => `output.${port}`,
  gradient: (port: string, index: number) => `gradient.${port}.${index}`,
};

/** One node as a whole program: inputs and columns are data, weights and statistics are state. */
export function lowerNode(definition: NodeDefinition, request: LoweringRequest): LoweredNode {
  const { params, seed } = request;
  const fold = definition.time === 'fold';
  const types = new Map(
    [...request.inputs].map(([port, list]) => [port, list.map((item) => seenType(item, fold))]),
  );
  const context: InferContext<Record<string, unknown>> = { params, inputs: inputsOf(types) };
  const inferred = definition.infer(context);
  if (!inferred.ok) throw new RefusedInputs(inferred.problem.message);

  const builder = new Builder();
  const step = builder.input('step', 'step', [], 'i32');
  const data = new Map<string, TestTensor>();
  const feed = (name: string, array: TestTensor): Value => {
    data.set(name, array);
    return builder.input('data', name, array.shape, 'f32');
  };
  const fed = new Map(
    [...request.inputs].map(([port, list]) => [
      port,
      list.map((array, index) => feed(`input.${port}.${index}`, array)),
    ]),
  );
  const seen = new Map(
    [...request.inputs].map(([port, list]) => [
      port,
      list.map((array, index) => {
        const value = defined(fed.get(port)?.[index], `input ${port}`);
        return fold && array.timed ? foldTime(builder, value) : value;
      }),
    ]),
  );

  const weights = definition.weights?.(context) ?? [];
  const statistics = definition.statistics?.(context) ?? [];
  const state = (name: string): Value => {
    const spec = [...weights, ...statistics].find((candidate) => candidate.name === name);
    return builder.input('state', name, defined(spec, `weight or statistic ${name}`).shape, 'f32');
  };
  const live = liveParameters(definition);
  const updates = new Map<string, Value>();
  const outputs = new Map(
    Object.entries(
      definition.lower({
        builder,
        params,
        mode: request.mode,
        batch: request.batch,
        inputs: inputsOf(seen),
        inputTypes: inputsOf(types),
        outputTypes: inferred.outputs,
        live: (name) => {
          invariant(live.includes(name), `${definition.kind} reads ${name}, which is not live`);
          return builder.input('live', name, [], 'f32');
        },
        weight: state,
        statistic: state,
        updateStatistic: (name, next) => updates.set(name, next(updates.get(name) ?? state(name))),
        uniform: (stream, shape) => builder.random(randomKey(seed, NODE, stream), step, shape),
        normal: (stream, shape) =>
          standardNormal(builder, randomKey(seed, NODE, stream), step, shape),
        column: (name) => feed(`column.${name}`, defined(request.columns.get(name), name)),
      }),
    ),
  );
  const found =
    request.gradientOf === null
      ? new Map<string, Value[]>()
      : inputGradients(builder, defined(outputs.get(request.gradientOf), 'output'), fed);
  return {
    program: {
      data: [...data].map(([name, { shape }]) => ({ name, shape, dtype: 'f32' })),
      state: [...weights.map((spec) => weightState(spec, seed)), ...statistics.map(statisticState)],
      live: live.map((name) => ({ name, initial: Number(params[name]) })),
      phases: builder.takePhases(),
      updates,
      metrics: new Map(),
      outputs: new Map([
        ...[...outputs].map(([port, value]) => [RESULT.output(port), value] as const),
        ...[...found].flatMap(([port, list]) =>
          list.map((value, index) => [RESULT.gradient(port, index), value] as const),
        ),
      ]),
    },
    data,
    outputs,
    gradients: found,
    types: inferred.outputs,
    weights,
    statistics,
  };
}

/** `[B, T, …]` to `[B·T, …]`, as the compiler does around nodes that know no time. */
function foldTime(builder: Builder, value: Value): Value {
  const [rows = 1, time = 1, ...shape] = value.shape;
  return builder.reshape(value, [rows * time, ...shape]);
}

/** Gradients of the sum of `output` with respect to every input. */
function inputGradients(
  builder: Builder,
  output: Value,
  fed: ReadonlyMap<string, readonly Value[]>,
): Map<string, Value[]> {
  const all = gradients(builder, builder.sum(output), [...fed.values()].flat());
  return new Map(
    [...fed].map(([port, list]) => [port, list.map(() => defined(all.shift(), 'gradient'))]),
  );
}

function weightState({ name, shape, initial }: WeightSpec, seed: number): StateSpec {
  const initializer: Initializer =
    initial.kind === 'constant' ? initial : { ...initial, key: randomKey(seed, NODE, name) };
  return { name, shape, dtype: 'f32', initializer, purpose: 'weight', origin: NODE };
}

function statisticState({ name, shape, initial }: StatisticSpec): StateSpec {
  const initializer: Initializer = { kind: 'constant', value: initial };
  return { name, shape, dtype: 'f32', initializer, purpose: 'model', origin: NODE };
}
