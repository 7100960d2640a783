import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { freePort, freeVariables } from '../graph/freeVariables';
import { gradients } from '../autodiff/gradients';
import { portKey, type GraphNode, type PortKey } from '../graph/graph';
import { lowerFunctionals } from '../contrast/lowerFunctionals';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, trainingOptions } from '../lowering/lower';
import { lowerTerms } from './objectiveValues';
import { declaredWeights, ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';

/** A value of a training step that is looked at: whether all its numbers are finite. */
export type Check =
  /** What inference found for a free variable. */
  | { readonly kind: 'inferred'; readonly nodeId: string; readonly port: string }
  /** The points that a sampler has made. */
  | { readonly kind: 'sampled'; readonly nodeId: string }
  | { readonly kind: 'output'; readonly nodeId: string; readonly port: string }
  /** ∂L/∂output: the sum of what came back from everything that reads it. */
  | { readonly kind: 'outputDerivative'; readonly nodeId: string; readonly port: string }
  /** ∂L/∂input of one node: what came back through it alone. */
  | { readonly kind: 'inputDerivative'; readonly nodeId: string; readonly port: string }
  /** ∂L/∂w of all weights of a node. */
  | { readonly kind: 'weightDerivative'; readonly nodeId: string };

export interface DiagnosisProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** By name in `program.metrics`, whose number is 1 while the value is finite and 0 otherwise; in the order of a step. */
  readonly checks: ReadonlyMap<string, Check>;
  /** By name in `program.metrics`, whose number is max |∂L/∂w| over the weights of this node. */
  readonly largest: ReadonlyMap<string, string>;
}

/**
 * A training step that says of every value on its way whether it was finite: forwards through the outputs in
 * topological order, with what samplers made before the losses that read it, then backwards through the derivatives of the loss. Run on the state and step at which a run went
 * bad, the first 0 names the node where it started.
 */
export function compileDiagnosis(analysis: Analysis): Result<DiagnosisProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const options = trainingOptions(analysis);
  const inputs = new SeparateInputs(context);
  const evaluation = new Evaluation(context, {
    ...options,
    outputs: inferFreeVariables(context, options),
    inputs: inputs.changes,
  });
  const metrics = new Map<string, Value>();
  const checks = new Map<string, Check>();
  const check = (what: Check, value: Value): void => {
    const name = `check ${checks.size}`;
    checks.set(name, what);
    metrics.set(name, builder.reduce('min', builder.cast(builder.unary('isFinite', value), 'f32')));
  };

  const functionals = lowerFunctionals(context, options, evaluation);
  const outputs = outputValues(analysis, evaluation, functionals.losses);
  const free = new Set(
    freeVariables(analysis.graph).map((node) => portKey(node.id, freePort(node))),
  );
  const samplers = new Map(functionals.negatives);
  for (const { nodeId, port, value } of outputs) {
    if (functionals.losses.has(portKey(nodeId, port))) {
      for (const [sampler, { points }] of samplers)
        check({ kind: 'sampled', nodeId: sampler }, points);
      samplers.clear();
    }
    const kind = free.has(portKey(nodeId, port)) ? 'inferred' : 'output';
    check({ kind, nodeId, port }, value);
  }

  const { loss } = lowerTerms(context, evaluation, functionals);
  const weights = declaredWeights(context);
  const slopes = slopesOf(builder, loss, [
    ...outputs.map(({ value }) => value),
    ...inputs.all.map(({ value }) => value),
    ...weights.map(({ value }) => value),
  ]);
  const largest = new Map<string, string>();
  for (const { id } of [...analysis.graph.nodes].reverse()) {
    for (const { nodeId, port, value } of outputs) {
      if (nodeId === id) check({ kind: 'outputDerivative', nodeId, port }, slopes(value));
    }
    for (const { nodeId, port, value } of inputs.all) {
      if (nodeId === id) check({ kind: 'inputDerivative', nodeId, port }, slopes(value));
    }
    const own = weights.filter(({ owner }) => owner === id).map(({ value }) => slopes(value));
    own.forEach((slope) => check({ kind: 'weightDerivative', nodeId: id }, slope));
    if (own.length > 0) {
      const name = `largest ${largest.size}`;
      largest.set(name, id);
      const sizes = own.map((slope) => builder.reduce('max', builder.unary('abs', slope)));
      metrics.set(
        name,
        sizes.reduce((a, b) => builder.max(a, b)),
      );
    }
  }
  const program = finishProgram(context, { updates: new Map(), metrics, outputs: new Map() });
  return success({ program, data: context.requests, checks, largest });
}

interface PlacedValue {
  readonly nodeId: string;
  readonly port: string;
  readonly value: Value;
}

function outputValues(
  { graph }: Analysis,
  evaluation: Evaluation,
  losses: ReadonlyMap<PortKey, Value>,
): PlacedValue[] {
  return graph.nodes.flatMap((node) =>
    node.ports.outputs.flatMap(({ name: port, type }) => {
      if (type === 'weights' || type === 'negative') return [];
      const value =
        losses.get(portKey(node.id, port)) ?? evaluation.output({ nodeId: node.id, port });
      return [{ nodeId: node.id, port, value }];
    }),
  );
}

function slopesOf(
  builder: Builder,
  loss: Value,
  values: readonly Value[],
): (value: Value) => Value {
  const found = gradients(builder, loss, values);
  const byId = new Map(values.map(({ id }, index) => [id, found[index]]));
  return (value) => defined(byId.get(value.id), 'derivative');
}

/**
 * Makes each input of each node a value of its own, so that the loss has a derivative by it alone although others read
 * the same output: x + 0, with a zero that is not known before the program runs.
 */
class SeparateInputs {
  readonly all: PlacedValue[] = [];
  readonly changes: ReadonlyMap<PortKey, (value: Value) => Value>;

  constructor(private readonly context: ProgramContext) {
    this.changes = new Map(context.analysis.graph.nodes.flatMap((node) => this.changesOf(node)));
  }

  private changesOf(node: GraphNode): [PortKey, (value: Value) => Value][] {
    return node.ports.inputs
      .filter(({ type }) => type !== 'weights')
      .map(({ name: port }) => [
        portKey(node.id, port),
        (read) => {
          if (read.dtype !== 'f32') return read;
          const zero = this.context.liveScalar(`zero ${this.all.length}`, 0);
          const value = this.context.builder.add(read, zero);
          this.all.push({ nodeId: node.id, port, value });
          return value;
        },
      ]);
  }
}
