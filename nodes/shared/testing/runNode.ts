import { makeInputs } from '../../../src/compiler/graph/inferTypes';
import { LIVE, stateName } from '../../../src/compiler/names';
import { defined } from '../../../src/core/invariant';
import type { Engine } from '../../../src/engine/engine';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { Mode } from '../../../src/graph/mode';
import type { InferResult, NodeDefinition } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import type { Shape } from '../../../src/ir/types';
import { ARRAY, lowerNode, NODE, type LoweredNode } from './lowerNode';
import { listOf, type TestArray, type TestTensor } from './tensor';

export interface NodeRun {
  /** What is left out takes its default. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Tensors by input port; a list for variadic ports. */
  readonly inputs?: Readonly<Record<string, TestTensor | readonly TestTensor[]>>;
  /** `train` when not given. */
  readonly mode?: Mode;
  /** Live parameters that are changed after compilation. */
  readonly live?: Readonly<Record<string, number>>;
  /** Weights that replace their initial values, row-major. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly statistics?: Readonly<Record<string, readonly number[]>>;
  /** Columns of a data node: all rows that its data set is to have. A training step draws them in an order of its own. */
  readonly columns?: Readonly<Record<string, TestTensor>>;
  /** Rows, where no input says how many. */
  readonly batch?: number;
  readonly seed?: number;
  /** Number of the step that is run: random numbers depend on it. */
  readonly step?: number;
  /** Asks for the gradient of the sum of an output with respect to all tensor inputs and the node's weights. */
  readonly gradientOf?: string;
  /** The float64 reference engine when not given. */
  readonly engine?: Engine;
}

export interface NodeResult {
  /** As other nodes read them: `[B, …]`, `[B, T, …]` with time, `[B]` for an energy, a scalar for a loss. */
  readonly outputs: Readonly<Record<string, TestArray>>;
  /** Running statistics after the step. */
  readonly statistics: Readonly<Record<string, TestArray>>;
  /** Weights before the step. */
  readonly weights: Readonly<Record<string, TestArray>>;
  /** By input port, in order; empty unless asked for. */
  readonly gradients: Readonly<Record<string, readonly TestArray[]>>;
  /** By weight, likewise. */
  readonly weightGradients: Readonly<Record<string, TestArray>>;
  /** Types of the tensor outputs. */
  readonly types: Readonly<Record<string, TensorType>>;
}

/**
 * Runs one step of one node, lowered by the compiler, on the reference engine (float64) or the one that is given.
 * Throws `RefusedInputs` if the compiler finds a problem.
 */
export async function runNode(definition: NodeDefinition, run: NodeRun = {}): Promise<NodeResult> {
  return runLowered(lowerRun(definition, run), run);
}

/** The program of a run: it serves all runs that differ in numbers only. */
export function lowerRun(definition: NodeDefinition, run: NodeRun): LoweredNode {
  const inputs = inputLists(run);
  const columns = Object.values(run.columns ?? {});
  const [first] = [...[...inputs.values()].flat(), ...columns];
  const batch = run.batch ?? first?.shape[0] ?? 1;
  return lowerNode(columns.length > 0 ? withRows(definition, batch) : definition, {
    params: run.params ?? {},
    inputs,
    mode: run.mode ?? 'train',
    batch,
    seed: run.seed ?? 1,
    gradientOf: run.gradientOf ?? null,
  });
}

/** A data node whose data set has only so many rows. */
function withRows(definition: NodeDefinition, rows: number): NodeDefinition {
  return {
    ...definition,
    dataset: (params) => ({
      ...defined(definition.dataset?.(params), 'data set'),
      trainRows: rows,
      heldOutRows: rows,
    }),
  };
}

/** Runs one step of a lowered node with the numbers of `run`. */
export async function runLowered(lowered: LoweredNode, run: NodeRun): Promise<NodeResult> {
  const engine = run.engine ?? createReferenceEngine();
  const executable = await engine.compile(lowered.program, dataOf(lowered, run));
  const given = Object.entries({ ...run.weights, ...run.statistics });
  executable.writeState(
    new Map(given.map(([name, values]) => [stateName(NODE, name), Float64Array.from(values)])),
    run.step ?? 0,
  );
  executable.setLive(
    Object.fromEntries(
      Object.entries(run.live ?? {}).map(([name, value]) => [LIVE.parameter(NODE, name), value]),
    ),
  );
  const before = await executable.readState();
  await executable.run(1);
  const after = await executable.readState();
  const read = await executable.readOutputs();
  executable.dispose();

  const array = (name: string, { shape }: { readonly shape: Shape }, from = read): TestArray => ({
    shape,
    values: Array.from(defined(from.get(name), name)),
  });
  return {
    outputs: Object.fromEntries(
      [...lowered.outputs].map(([port, value]) => [port, array(ARRAY.output(port), value)]),
    ),
    gradients: Object.fromEntries(
      [...lowered.gradients].map(([port, list]) => [
        port,
        list.map((value, index) => array(ARRAY.gradient(port, index), value)),
      ]),
    ),
    weightGradients: Object.fromEntries(
      [...lowered.weightGradients].map(([name, value]) => [
        name,
        array(ARRAY.weightGradient(name), value),
      ]),
    ),
    weights: Object.fromEntries(
      lowered.weights.map((spec) => [spec.name, array(stateName(NODE, spec.name), spec, before)]),
    ),
    statistics: Object.fromEntries(
      lowered.statistics.map((spec) => [spec.name, array(stateName(NODE, spec.name), spec, after)]),
    ),
    types: lowered.types,
  };
}

/** The arrays of `program.data`. */
function dataOf({ program, requests }: LoweredNode, run: NodeRun): Map<string, Float64Array> {
  const tensors = new Map(
    [...inputLists(run)].flatMap(([port, list]) =>
      list.map((tensor, index) => [ARRAY.input(port, index), tensor] as const),
    ),
  );
  for (const { name, column } of requests) {
    tensors.set(name, defined(run.columns?.[column], `column ${column}`));
  }
  return new Map(
    program.data.map(({ name }) => [
      name,
      Float64Array.from(defined(tensors.get(name), name).values),
    ]),
  );
}

function inputLists({ inputs = {} }: NodeRun): Map<string, readonly TestTensor[]> {
  return new Map(Object.entries(inputs).map(([port, value]) => [port, listOf(value)] as const));
}

/** The numbers of one output. */
export async function runOutput(
  definition: NodeDefinition,
  port: string,
  run: NodeRun = {},
): Promise<readonly number[]> {
  const { outputs } = await runNode(definition, run);
  return defined(outputs[port], `output ${port}`).values;
}

/** `infer` alone, on types as the definition sees them. */
export function inferNode(
  definition: NodeDefinition,
  types: Readonly<Record<string, TensorType | readonly TensorType[]>>,
  params: Readonly<Record<string, unknown>> = {},
): InferResult {
  const lists = new Map(Object.entries(types).map(([port, type]) => [port, listOf(type)] as const));
  return definition.infer({ params: definition.params.parse(params), inputs: makeInputs(lists) });
}
