import { defined } from '../../core/invariant';
import type { FreeVariable } from '../../graph/nodeDefinition';
import type { Value } from '../../ir/types';
import { gradients } from '../autodiff/gradients';
import { LIVE } from '../names';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { portKey, type GraphNode, type PortKey } from '../graph/graph';
import { freeVariables, hasWeight } from '../analysis/objective';
import { downstream } from '../graph/topology';

interface Variable {
  readonly node: GraphNode;
  readonly free: FreeVariable;
  readonly key: PortKey;
  /** Energies and per-sample regularizers that depend on it. */
  readonly energies: readonly GraphNode[];
}

/**
 * Finds the free variables of a graph (2-semantics 2.4) and returns their values, to be used as overrides.
 * Each is a constant afterwards: by the envelope theorem the gradient of F = min_z E with respect to the weights is
 * ∂E/∂w at the minimiser.
 */
export function inferFreeVariables(
  context: ProgramContext,
  options: EvaluationOptions,
): Map<PortKey, Value> {
  const found = new Map<PortKey, Value>(options.outputs);
  for (const group of jointGroups(context)) {
    const values = minimiseJointly(context, { ...options, outputs: found }, group);
    group.forEach((variable, index) => {
      const value = defined(values[index], 'inferred value');
      found.set(variable.key, context.builder.stopGradient(value));
    });
  }
  return found;
}

/** Variables that share an energy are inferred together; groups come in topological order. */
function jointGroups({ analysis: { graph } }: ProgramContext): Variable[][] {
  const groups: Variable[][] = [];
  for (const node of freeVariables(graph)) {
    const free = defined(node.definition.free?.(node.params), 'free variable');
    const reach = downstream(graph, { nodeId: node.id, port: free.port });
    const energies = graph.nodes.filter(
      ({ id, ports }) => reach.has(id) && ports.outputs.some(({ type }) => type === 'energy'),
    );
    const variable = { node, free, key: portKey(node.id, free.port), energies };
    const shares = (group: readonly Variable[]): boolean =>
      group.some((other) => other.energies.some((energy) => energies.includes(energy)));
    const joined = groups.filter(shares);
    const first = joined[0];
    if (!first) {
      groups.push([variable]);
      continue;
    }
    for (const other of joined.slice(1)) {
      first.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
    first.push(variable);
  }
  return groups;
}

/**
 * K steps of gradient descent on the energies summed over the batch, z ← z − η ∂E/∂z, so that each sample moves on its own.
 * Where an L1 term λ‖z‖₁ acts on z directly its proximal step follows, z ← sign(z)·max(|z| − ηλ, 0): ISTA (Daubechies et al. 2004).
 */
function minimiseJointly(
  context: ProgramContext,
  options: EvaluationOptions,
  group: readonly Variable[],
): Value[] {
  const { builder } = context;
  const evaluating = options.mode === 'evaluate';
  const { statistics: _, ...pure } = options;
  const start = new Evaluation(context, pure);
  const initial = group.map(({ node, free }) =>
    builder.stopGradient(start.output({ nodeId: node.id, port: free.port })),
  );
  const count = Math.max(
    ...group.map(({ free }) => (evaluating ? free.evaluationSteps : free.steps)),
  );
  return builder.repeat(count, initial, (carried) => {
    const outputs = new Map(options.outputs);
    group.forEach(({ key }, index) => outputs.set(key, defined(carried[index], 'carried')));
    const inner = new Evaluation(context, { ...pure, outputs });
    const energies = new Set(group.flatMap((variable) => variable.energies));
    const smooth = [...energies].filter((energy) => !proximalOf(energy, group));
    const total = smooth
      .map((energy) => weighted(context, inner, energy))
      .reduce((sum, energy) => builder.add(sum, energy), builder.constant(0));
    const slopes = gradients(builder, total, carried);
    return group.map((variable, index) =>
      builder.withOrigin(variable.node.id, () => {
        const z = defined(carried[index], 'carried');
        const slope = defined(slopes[index], 'gradient');
        const rate = context.liveScalar(
          LIVE.parameter(variable.node.id, variable.free.rate),
          Number(variable.node.params[variable.free.rate]),
        );
        const moved = builder.sub(z, builder.mul(rate, slope));
        return [...energies]
          .filter((energy) => proximalOf(energy, [variable]))
          .reduce(
            (value, energy) =>
              softThreshold(context, value, builder.mul(rate, termWeight(context, energy))),
            moved,
          );
      }),
    );
  });
}

/** Whether the node's only input is one of the variables, and its proximal operator is known. */
function proximalOf(energy: GraphNode, group: readonly Variable[]): boolean {
  if (!energy.definition.proximal) return false;
  const read = [...energy.inputs.values()].flat();
  return (
    read.length === 1 &&
    read.every(({ nodeId, port }) => group.some(({ key }) => key === portKey(nodeId, port)))
  );
}

function softThreshold({ builder }: ProgramContext, z: Value, threshold: Value): Value {
  const size = builder.max(builder.sub(builder.unary('abs', z), threshold), 0);
  return builder.mul(builder.unary('sign', z), size);
}

/** λ of a term as a live scalar, 1 for a node without one. */
export function termWeight(context: ProgramContext, node: GraphNode): Value {
  return hasWeight(node)
    ? context.liveScalar(LIVE.parameter(node.id, 'weight'), Number(node.params.weight))
    : context.builder.constant(1);
}

/** λ · Σ_B of the node's energies. */
function weighted(context: ProgramContext, evaluation: Evaluation, node: GraphNode): Value {
  const { builder } = context;
  const sum = node.ports.outputs
    .filter(({ type }) => type === 'energy')
    .map(({ name }) => builder.sum(evaluation.output({ nodeId: node.id, port: name })))
    .reduce((total, value) => builder.add(total, value));
  return builder.mul(termWeight(context, node), sum);
}
