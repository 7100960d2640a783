import { defined } from '../../core/invariant';
import type { ProblemVariable } from '../../graph/inferenceStrategy';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import type { GraphNode, PortKey } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import type { EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { inferenceProblem } from './inferenceProblem';

/** What inference has come to at one free variable, `[B]` each. */
export interface DistanceToMinimum {
  readonly node: GraphNode;
  /** All energies that depend on the variable or on one found together with it, each times its λ. */
  readonly energy: Value;
  /** ‖g‖₂ of the subgradient of that by the variable that is nearest to zero: 0 at a minimum. */
  readonly slope: Value;
}

/** How far from a minimum of its energy each free variable is, at the given values of all of them. */
export function distanceToMinimum(
  context: ProgramContext,
  options: EvaluationOptions,
  values: ReadonlyMap<PortKey, Value>,
): DistanceToMinimum[] {
  const { builder } = context;
  const all = new Map([...(options.outputs ?? []), ...values]);
  const groups = jointGroups(context.analysis.graph).filter(({ search }) => search.seeksMinimum);
  return groups.flatMap((group) => {
    const problem = inferenceProblem(context, { ...options, outputs: all }, group);
    const at = group.variables.map(({ key }) => defined(all.get(key), key));
    const { total, slopes } = problem.energyAt(at);
    const smooth = slopes();
    return group.variables.map(({ node }, index): DistanceToMinimum => {
      const subgradient = leastSubgradient(
        builder,
        defined(problem.variables[index], 'variable'),
        defined(at[index], 'value'),
        defined(smooth[index], 'slope'),
      );
      const axes = subgradient.shape.map((_, axis) => axis).slice(1);
      const squares = builder.sum(builder.square(subgradient), axes);
      return { node, energy: total, slope: builder.sqrt(squares) };
    });
  });
}

/**
 * g + 2λ₂z + λ₁ sign z, and where z is 0, as the L1 term allows anything between −λ₁ and λ₁ there,
 * sign(g)·max(|g| − λ₁, 0).
 */
function leastSubgradient(
  builder: Builder,
  { penalties: { l1, l2 } }: ProblemVariable,
  z: Value,
  smooth: Value,
): Value {
  const slope = l2 ? builder.add(smooth, builder.mul(builder.mul(l2, 2), z)) : smooth;
  if (!l1) return slope;
  const away = builder.add(slope, builder.mul(l1, builder.unary('sign', z)));
  const size = builder.max(builder.sub(builder.unary('abs', slope), l1), 0);
  const atZero = builder.mul(builder.unary('sign', slope), size);
  return builder.select(builder.compare('eq', z, 0), atZero, away);
}
