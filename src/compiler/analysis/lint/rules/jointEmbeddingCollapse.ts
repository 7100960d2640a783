import { nodeName } from '../../../graph/elaborate';
import { someUpstream, upstream } from '../../../graph/topology';
import { wakeTerm } from '../dormantTerms';
import { guardCompared } from '../guardRemedies';
import { isJointEmbedding, jointProtection, stopTarget } from '../jointEmbedding';
import type { ComparedEnergy, LintRule } from '../lintRule';
import { offered } from '../offered';
import { guarding } from '../protection';

/**
 * Both sides are trained, no guard protects what is compared, and no side is the stopped target of a predictor on
 * the other (Dawid & LeCun 2023, §4, Fig. 5b).
 */
export const jointEmbeddingCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    if (!applies(energy)) return null;
    const { node } = energy;
    const remedy =
      wakeTerm(energy, applies) ??
      stopTarget(energy) ??
      guardCompared(energy, 'reg.vicreg', 'VICReg');
    return {
      code: 'lint.joint-embedding-collapse',
      severity: 'warning',
      nodeId: node.id,
      message: `${nodeName(node)} can collapse: both its sides are trained, and nothing keeps either of them informative. Modules that ignore their input make this energy zero everywhere (notes §4, Fig. 5b).${guardsThatMiss(energy)}`,
      hint: 'Add a VICReg or variance regularizer to what it compares, or stop the gradient on one side with a predictor on the other.',
      ...offered(remedy),
    };
  },
};

function applies(energy: ComparedEnergy): boolean {
  return isJointEmbedding(energy) && !jointProtection(energy).variance;
}

/** A sentence on guards further up: what they protect does not reach the energy. */
function guardsThatMiss({ node, context }: ComparedEnergy): string {
  const { graph } = context;
  const guards = graph.nodes.filter((guard) => guarding(guard, context)?.variance);
  if (guards.length === 0) return '';
  const above = upstream(graph, [node.id]);
  const names = guards
    .filter((guard) =>
      someUpstream(graph, [guard.id], (id) => above.has(id) && context.trained.has(id)),
    )
    .map(nodeName);
  if (names.length === 0) return '';
  return ` ${names.join(' and ')} ${names.length > 1 ? 'do' : 'does'} not prevent it: no side of this energy must follow what is read there.`;
}
