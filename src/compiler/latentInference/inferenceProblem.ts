import { randomKey } from '../../core/random';
import { defined } from '../../core/invariant';
import type {
  Codes,
  EnergyAt,
  InferenceProblem,
  ProblemVariable,
  ProximalTerm,
} from '../../graph/inferenceStrategy';
import { standardNormal } from '../../ir/compose';
import type { Value } from '../../ir/types';
import { gradients } from '../autodiff/gradients';
import { portKey, type GraphNode } from '../graph/graph';
import type { JointGroup, Variable } from '../graph/jointGroups';
import { drawRows } from '../lowering/drawRows';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { termWeight } from '../lowering/termWeight';
import { ConeEvaluations } from './coneEvaluations';

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
  const cones = new ConeEvaluations(context, pure, variables);
  return {
    builder,
    mode: options.mode,
    batch: options.batch,
    effort,
    variables: variables.map((variable): ProblemVariable => ({
      start: builder.stopGradient(start.output({ nodeId: variable.node.id, port: variable.port })),
      params: variable.node.params,
      live: (name) => context.liveParameter(variable.node.id, name),
      normal: (shape, iteration, count) => {
        const counter = builder.add(builder.mul(context.step, count), iteration);
        const key = randomKey(context.seed, variable.node.id, 'inference');
        return drawRows(builder, options, shape, (drawn) =>
          standardNormal(builder, key, counter, drawn),
        );
      },
      codes: () => codesOf(context, variable),
      penalties: {
        l1: penaltyWeight(context, 'l1', variable, penalties),
        l2: penaltyWeight(context, 'l2', variable, penalties),
      },
    })),
    energyAt: (values, copies = 1): EnergyAt => {
      const inner = cones.at(values, copies);
      const none = builder.constant(0, [options.batch * copies]);
      const sum = (nodes: readonly GraphNode[]): Value =>
        nodes
          .flatMap((node) => weightedEnergies(context, inner, node))
          .reduce((total, energy) => builder.add(total, energy), none);
      const smooth = sum(energies.filter((energy) => !penalties.includes(energy)));
      const total = builder.add(smooth, sum(penalties));
      return {
        total,
        // Σ_B, so that each sample moves on its own.
        slopes: () => gradients(builder, builder.sum(smooth), values),
        fullSlopes: () => gradients(builder, builder.sum(total), values),
      };
    },
  };
}

function codesOf({ builder, analysis, seed, step }: ProgramContext, variable: Variable): Codes {
  const { node, key, codes } = variable;
  const { time, shape } = defined(analysis.types.get(key), 'type of a variable');
  return defined(codes, `codes of ${node.id}`).make({
    builder,
    shape: time === null ? shape : [time, ...shape],
    normal: (extents) => standardNormal(builder, randomKey(seed, node.id, 'codes'), step, extents),
  });
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

/** λ · e for each energy that a node gives, one number a row. */
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
