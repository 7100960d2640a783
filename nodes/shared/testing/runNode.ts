import { defined } from '../../../src/core/invariant';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { InferResult, Mode, NodeDefinition } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import type { Shape } from '../../../src/ir/types';
import { lowerNode, RESULT } from './lowerNode';
import { inputsOf, listOf, type TestArray, type TestTensor } from './tensor';

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
  /** Columns of a data node: the batch that it is to give. */
  readonly columns?: Readonly<Record<string, TestTensor>>;
  /** Rows, where no input says how many. */
  readonly batch?: number;
  readonly seed?: number;
  /** Number of the step that is run: random numbers depend on it. */
  readonly step?: number;
  /** Asks for the gradient of the sum of an output with respect to all tensor inputs. */
  readonly gradientOf?: string;
}

export interface NodeResult {
  /** As the definition gives them: with time folded into the rows for `fold` nodes. */
  readonly outputs: Readonly<Record<string, TestArray>>;
  /** Running statistics after the step. */
  readonly statistics: Readonly<Record<string, TestArray>>;
  /** Weights before the step. */
  readonly weights: Readonly<Record<string, TestArray>>;
  /** By input port, in order; empty unless asked for. */
  readonly gradients: Readonly<Record<string, readonly TestArray[]>>;
  readonly types: Readonly<Record<string, TensorType>>;
}

/** Runs one step of one node on the reference engine (float64). Throws `RefusedInputs` if `infer` finds a problem. */
export async function runNode(definition: NodeDefinition, run: NodeRun = {}): Promise<NodeResult> {
  const inputs = new Map(
    Object.entries(run.inputs ?? {}).map(([port, value]) => [port, listOf(value)] as const),
  );
  const lowered = lowerNode(definition, {
    params: definition.params.parse(run.params ?? {}),
    inputs,
    columns: new Map(Object.entries(run.columns ?? {})),
    mode: run.mode ?? 'train',
    batch: run.batch ?? [...inputs.values()].flat()[0]?.shape[0] ?? 1,
    seed: run.seed ?? 1,
    gradientOf: run.gradientOf ?? null,
  });
  const executable = await createReferenceEngine().compile(
    lowered.program,
    new Map([...lowered.data].map(([name, { values }]) => [name, Float64Array.from(values)])),
  );
  const given = Object.entries({ ...run.weights, ...run.statistics });
  executable.writeState(
    new Map(given.map(([name, values]) => [name, Float64Array.from(values)])),
    run.step ?? 0,
  );
  executable.setLive(run.live ?? {});
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
      [...lowered.outputs].map(([port, value]) => [port, array(RESULT.output(port), value)]),
    ),
    gradients: Object.fromEntries(
      [...lowered.gradients].map(([port, list]) => [
        port,
        list.map((value, index) => array(RESULT.gradient(port, index), value)),
      ]),
    ),
    weights: Object.fromEntries(
      lowered.weights.map((spec) => [spec.name, array(spec.name, spec, before)]),
    ),
    statistics: Object.fromEntries(
      lowered.statistics.map((spec) => [spec.name, array(spec.name, spec, after)]),
    ),
    types: lowered.types,
  };
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
  return definition.infer({ params: definition.params.parse(params), inputs: inputsOf(lists) });
}
