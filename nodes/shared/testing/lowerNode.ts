import { analyse } from '../../../src/compiler/analysis/analyse';
import type { Mode } from '../../../src/graph/mode';
import type { Analysis } from '../../../src/compiler/analysis/analysis';
import { gradients } from '../../../src/compiler/autodiff/gradients';
import { portKey } from '../../../src/compiler/graph/graph';
import { Evaluation } from '../../../src/compiler/lowering/lower';
import { StatisticUpdates } from '../../../src/compiler/lowering/statisticUpdates';
import { declaredWeights, ProgramContext } from '../../../src/compiler/lowering/programContext';
import type { DataRequest } from '../../../src/compiler/lowering/dataRequest';
import { stateName } from '../../../src/compiler/names';
import { finishProgram } from '../../../src/compiler/programs/finishProgram';
import { sketchDocument } from '../../../src/compiler/testing/testGraphs';
import { defined } from '../../../src/core/invariant';
import type { NodeDefinition, StatisticSpec, WeightSpec } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import { createRegistry } from '../../../src/graph/registry';
import { Builder } from '../../../src/ir/builder';
import type { Program, Value } from '../../../src/ir/types';
import { tensorSource, weightsSource } from './testSources';
import type { TestTensor } from './tensor';

/** Id of the node under test in its document. */
export const NODE = 'node';

/** The compiler refused the parameters or the inputs of a test. */
export class RefusedInputs extends Error {
  override readonly name = 'RefusedInputs';
}

export interface LoweringRequest {
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: ReadonlyMap<string, readonly TestTensor[]>;
  readonly mode: Mode;
  readonly batch: number;
  readonly seed: number;
  readonly gradientOf: string | null;
}

export interface LoweredNode {
  readonly program: Program;
  /** What of its data set a data node asks for. */
  readonly requests: readonly DataRequest[];
  readonly outputs: ReadonlyMap<string, Value>;
  readonly gradients: ReadonlyMap<string, readonly Value[]>;
  /** By weight, of those that the program reads. */
  readonly weightGradients: ReadonlyMap<string, Value>;
  readonly types: Readonly<Record<string, TensorType>>;
  /** Those that the program reads. */
  readonly weights: readonly WeightSpec[];
  readonly statistics: readonly StatisticSpec[];
}

/** Names of a lowered node's arrays. */
export const ARRAY = {
  /** In `program.data`. */
  input: (port: string, index: number) => `input.${port}.${index}`,
  /** In `program.outputs`. */
  output: (port: string) => `output.${port}`,
  gradient: (port: string, index: number) => `gradient.${port}.${index}`,
  weightGradient: (name: string) => `weightGradient.${name}`,
};

/**
 * A document of one node, with sources for its inputs, through the compiler's own analysis and lowering. The program
 * evaluates the node once, as a training step or an evaluation would.
 */
export function lowerNode(definition: NodeDefinition, request: LoweringRequest): LoweredNode {
  const { mode, batch, gradientOf } = request;
  const analysis = analyseNode(definition, request);
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const statistics = new StatisticUpdates();
  const evaluation = new Evaluation(context, {
    mode,
    views: mode,
    split: 'train',
    batch,
    ...(mode === 'train' ? { statistics } : {}),
  });
  const fed = new Map(
    [...request.inputs].map(([port, tensors]) => [
      port,
      tensors.map(({ shape }, index) => {
        const name = ARRAY.input(port, index);
        context.data.set(name, { name, shape, dtype: 'f32' });
        return evaluation.output({ nodeId: sourceId(port, index), port: 'out' });
      }),
    ]),
  );
  const node = defined(analysis.graph.byId.get(NODE), 'the node');
  const outputs = new Map(
    node.ports.outputs
      .filter(({ type }) => type !== 'weights')
      .map(({ name }) => [name, evaluation.output({ nodeId: NODE, port: name })]),
  );
  const own = new Map(
    declaredWeights(context)
      .filter(({ owner }) => owner === NODE)
      .map(({ spec, value }) => [spec.name.slice(stateName(NODE, '').length), value]),
  );
  const { byInput, byWeight } =
    gradientOf === null
      ? { byInput: new Map<string, Value[]>(), byWeight: new Map<string, Value>() }
      : gradientsOf(builder, defined(outputs.get(gradientOf), 'output'), fed, own);
  const isRead = ({ name }: { readonly name: string }): boolean =>
    context.state.has(stateName(NODE, name));
  return {
    program: finishProgram(context, {
      updates: statistics.values,
      metrics: new Map(),
      outputs: new Map([
        ...[...outputs].map(([port, value]) => [ARRAY.output(port), value] as const),
        ...[...byInput].flatMap(([port, list]) =>
          list.map((value, index) => [ARRAY.gradient(port, index), value] as const),
        ),
        ...[...byWeight].map(([name, value]) => [ARRAY.weightGradient(name), value] as const),
      ]),
    }),
    requests: context.requests,
    outputs,
    gradients: byInput,
    weightGradients: byWeight,
    types: Object.fromEntries(
      node.ports.outputs.flatMap(({ name }) => {
        const type = analysis.types.get(portKey(NODE, name));
        return type ? [[name, type] as const] : [];
      }),
    ),
    weights: (analysis.weights.get(NODE) ?? []).filter(isRead),
    statistics: (analysis.statistics.get(NODE) ?? []).filter(isRead),
  };
}

function analyseNode(
  definition: NodeDefinition,
  { params, inputs, batch, seed }: LoweringRequest,
): Analysis {
  const sources = [...inputs].flatMap(([port, tensors]) =>
    tensors.map(({ shape, timed }, index) => ({
      id: sourceId(port, index),
      node: [tensorSource.kind, { array: ARRAY.input(port, index), shape, timed }] as const,
      edge: `${sourceId(port, index)}.out -> ${NODE}.${port}`,
    })),
  );
  const parsed = definition.params.safeParse(params);
  const ports = parsed.success ? definition.ports(parsed.data).inputs : [];
  const shared = ports
    .filter(({ type, optional }) => type === 'weights' && !optional)
    .map(({ name }) => ({
      id: sourceId(name, 0),
      node: weightsSource.kind,
      edge: `${sourceId(name, 0)}.weights -> ${NODE}.${name}`,
    }));
  const all = [...sources, ...shared];
  const document = sketchDocument({
    nodes: {
      ...Object.fromEntries(all.map(({ id, node }) => [id, node] as const)),
      [NODE]: [definition.kind, params],
    },
    edges: all.map(({ edge }) => edge),
    training: { batchSize: batch, seed },
  });
  const analysis = analyse(document, createRegistry([tensorSource, weightsSource, definition]));
  // A node alone is no objective, and that it may collapse is no matter here.
  const refusal = analysis.diagnostics.find(
    ({ code, severity }) => severity === 'error' && /^(node|edge|shape|weights)\./.test(code),
  );
  if (refusal) throw new RefusedInputs(refusal.message);
  return analysis;
}

function sourceId(port: string, index: number): string {
  return `${port}-${index}`;
}

/** Gradients of the sum of `output` with respect to every input and every weight of the node. */
function gradientsOf(
  builder: Builder,
  output: Value,
  fed: ReadonlyMap<string, readonly Value[]>,
  weights: ReadonlyMap<string, Value>,
): { byInput: Map<string, Value[]>; byWeight: Map<string, Value> } {
  const targets = [...[...fed.values()].flat(), ...weights.values()];
  const all = gradients(builder, builder.sum(output), targets);
  const next = (): Value => defined(all.shift(), 'gradient');
  const byInput = new Map([...fed].map(([port, list]) => [port, list.map(next)]));
  return { byInput, byWeight: new Map([...weights.keys()].map((name) => [name, next()])) };
}
