import { defined } from '../../core/invariant';
import type {
  EnergyAt,
  InferenceProblem,
  ProblemVariable,
  ProximalTerm,
} from '../../graph/inferenceStrategy';
import type { Value } from '../../ir/types';
import { gradients } from '../autodiff/gradients';
import { portKey, type GraphNode } from '../graph/graph';
import type { JointGroup, Variable } from '../graph/jointGroups';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { termWeight } from '../lowering/termWeight';
import { LIVE } from '../names';

/** The variables of a group, and the energy that they share, as a strategy sees them. */
export function inferenceProblem(
  context: ProgramContext,
  options: EvaluationOptions,
  { variables }: JointGroup,
  effort = 1,
): InferenceProblem {
  const { builder } = context;
  const { statistics: _, ...pure } = options;
  const energies = [...new Set(variables.flatMap((variable) => variable.energies))];
  const penalties = energies.filter((energy) => penalised(energy, variables) !== null);
  const start = new Evaluation(context, pure);
  return {
    builder,
    mode: options.mode,
    effort,
    variables: variables.map((variable): ProblemVariable => ({
      start: builder.stopGradient(start.output({ nodeId: variable.node.id, port: variable.port })),
      params: variable.node.params,
      live: (name) =>
        context.liveScalar(
          LIVE.parameter(variable.node.id, name),
          Number(variable.node.params[name]),
        ),
      penalties: {
        l1: penaltyWeight(context, 'l1', variable, penalties),
        l2: penaltyWeight(context, 'l2', variable, penalties),
      },
    })),
    energyAt: (values): EnergyAt => {
      const outputs = new Map(options.outputs);
      variables.forEach(({ key }, index) => outputs.set(key, defined(values[index], 'value')));
      const inner = new Evaluation(context, { ...pure, outputs });
      const sum = (nodes: readonly GraphNode[]): Value =>
        nodes
          .flatMap((node) => weightedEnergies(context, inner, node))
          .reduce((total, energy) => builder.add(total, energy), builder.constant(0, [options.batch])); // prettier-ignore
      const smooth = sum(energies.filter((energy) => !penalties.includes(energy)));
      return {
        total: builder.add(smooth, sum(penalties)),
        // Σ_B, so that each sample moves on its own.
        slopes: () => gradients(builder, builder.sum(smooth), values),
      };
    },
  };
}

/** The variable that is all that a regularizer with a proximal step reads, if it is one of these. */
function penalised(energy: GraphNode, variables: readonly Variable[]): Variable | null {
  if (!energy.definition.proximal) return null;
  const [read, ...more] = [...energy.inputs.values()].flat();
  if (!read || more.length > 0) return null;
  return variables.find(({ key }) => key === portKey(read.nodeId, read.port)) ?? null;
}

/** The weights of the terms of one form on a variable, added up; over a sequence an energy is an average. */
function penaltyWeight(
  context: ProgramContext,
  term: ProximalTerm,
  variable: Variable,
  penalties: readonly GraphNode[],
): Value | null {
  const { builder, analysis } = context;
  const weights = penalties
    .filter((node) => node.definition.proximal === term && penalised(node, [variable]))
    .map((node) => termWeight(context, node));
  if (weights.length === 0) return null;
  const sum = weights.reduce((total, weight) => builder.add(total, weight));
  return builder.div(sum, analysis.types.get(variable.key)?.time ?? 1);
}

/** λ · e for each energy that a node gives, `[B]`. */
function weightedEnergies(
  context: ProgramContext,
  evaluation: Evaluation,
  node: GraphNode,
): Value[] {
  return node.ports.outputs
    .filter(({ type }) => type === 'energy')
    .map(({ name }) =>
      context.builder.mul(
        evaluation.output({ nodeId: node.id, port: name }),
        termWeight(context, node),
      ),
    );
}
