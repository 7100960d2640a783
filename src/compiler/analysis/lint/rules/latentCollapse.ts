import type { Diagnostic } from '../../../../core/diagnostic';
import { sampleSize } from '../../../../graph/ports';
import { freePort, freeVariables } from '../../../graph/freeVariables';
import { nodeName } from '../../../graph/elaborate';
import { portKey, type GraphNode } from '../../../graph/graph';
import { wakeTerm } from '../dormantTerms';
import { freeFlow } from '../freeFlow';
import { addTerm } from '../guardRemedies';
import type { ComparedEnergy, LintRule } from '../lintRule';
import { offered } from '../offered';

/**
 * A free variable that reaches an energy with at least as many numbers as it compares, unhindered by a regularizer or
 * noise: the energy can be zero for every target (Dawid & LeCun 2023, §3.2, Fig. 10).
 */
export const latentCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    for (const variable of freeVariables(energy.context.graph)) {
      const found = lintLatent(variable, energy);
      if (found) return found;
    }
    return null;
  },
};

function lintLatent(variable: GraphNode, energy: ComparedEnergy): Diagnostic | null {
  if (!explains(variable, energy)) return null;
  const { node, context } = energy;
  const port = freePort(variable);
  const type = context.types.get(portKey(variable.id, port));
  const remedy =
    wakeTerm(energy, (other) => explains(variable, other)) ??
    addTerm(context.graph, 'reg.l1', 'an L1 term', [{ nodeId: variable.id, port }]);
  return {
    code: 'lint.latent-collapse',
    severity: 'warning',
    nodeId: variable.id,
    portId: port,
    message: `${nodeName(variable)} can explain the target alone: it has ${type ? sampleSize(type) : 0} dimensions, as many as ${nodeName(node)} compares, and nothing bounds its capacity, so the energy can be zero for every target (notes §3.2, Fig. 10).`,
    hint: 'Add an L1 or L2 regularizer on it, or give it fewer dimensions.',
    ...offered(remedy),
  };
}

function explains(variable: GraphNode, { sides, context }: ComparedEnergy): boolean {
  const from = { nodeId: variable.id, port: freePort(variable) };
  return sides.some(({ source }) => {
    const type = context.types.get(portKey(source.nodeId, source.port));
    return type !== undefined && freeFlow(context, from, source) >= sampleSize(type);
  });
}
