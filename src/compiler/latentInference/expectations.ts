import { defined } from '../../core/invariant';
import type { Inferred } from '../../graph/inferenceStrategy';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import { portKey, type GraphNode, type PortKey } from '../graph/graph';
import type { JointGroup } from '../graph/jointGroups';
import type { EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { termWeight } from '../lowering/termWeight';
import { ConeEvaluations } from './coneEvaluations';

/** Under the weight of the energy that takes the offset: with a weight of 0 there is nothing to offset. */
const LEAST_WEIGHT = 1e-12;

type Distribution = Extract<Inferred, { form: 'distribution' }>;

/**
 * What the variables and all that lies between them and their energies come to under a distribution: Σ_k p_k v_k for every
 * tensor and energy. p are constants and stationary, so the gradient by the weights is that of the free energy (its
 * derivative by p is zero on the simplex). One energy takes the offset, divided by its λ, so that Σ λ·e over the
 * group's energies is its free energy and whoever reads that energy, terms of the objective or a loss functional, reads F.
 */
export function expectations(
  context: ProgramContext,
  options: EvaluationOptions,
  { variables }: JointGroup,
  { count, points, probabilities, offset }: Distribution,
): Map<PortKey, Value> {
  const { builder, analysis } = context;
  const cones = new ConeEvaluations(context, options, variables);
  const each = cones.at(points, count);
  const mean = (value: Value): Value => expectation(builder, value, probabilities);
  const means = new Map<PortKey, Value>(
    variables.map(({ key }, index) => [key, mean(defined(points[index], 'points'))]),
  );
  const cone = cones.cone();
  const leading = leadingEnergy(variables.flatMap(({ energies }) => energies));
  for (const node of analysis.graph.nodes) {
    if (!cone.has(node.id)) continue;
    for (const { name, type } of node.ports.outputs) {
      if (type !== 'tensor' && type !== 'energy') continue;
      const value = mean(each.output({ nodeId: node.id, port: name }));
      const takesOffset = type === 'energy' && node === leading;
      means.set(
        portKey(node.id, name),
        takesOffset ? withOffset(context, node, value, offset) : value,
      );
    }
  }
  return means;
}

/** The energy that others are regularizers beside. */
function leadingEnergy(energies: readonly GraphNode[]): GraphNode | undefined {
  return energies.find(({ definition }) => definition.category === 'energy') ?? energies[0];
}

function withOffset(context: ProgramContext, node: GraphNode, energy: Value, offset: Value): Value {
  const { builder } = context;
  const weight = builder.max(termWeight(context, node), LEAST_WEIGHT);
  return builder.add(energy, builder.div(offset, weight));
}

/** Σ_k p_k v_k: `[B·K, …]` and `[B, K]` to `[B, …]`. */
function expectation(builder: Builder, value: Value, probabilities: Value): Value {
  const [batch = 1, count = 1] = probabilities.shape;
  const rest = value.shape.slice(1);
  const each = builder.reshape(value, [batch, count, ...rest]);
  const weights = builder.broadcast(probabilities, each.shape, [0, 1]);
  return builder.sum(builder.mul(each, weights), [1]);
}
