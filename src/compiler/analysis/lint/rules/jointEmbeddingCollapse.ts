import { nodeName } from '../../../graph/elaborate';
import type { GraphNode } from '../../../graph/graph';
import { upstream } from '../../../graph/topology';
import { wakeTerm } from '../dormantTerms';
import { traits } from '../gradients';
import { guardCompared } from '../guardRemedies';
import { isJointEmbedding, jointProtection, stopTarget } from '../jointEmbedding';
import type { ComparedEnergy, LintRule } from '../lintRule';
import { offered } from '../offered';
import { guarding, seesScale } from '../protection';

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
  const above = upstream(graph, [node.id]);
  const guards = graph.nodes
    .filter((guard) => guarding(guard, context)?.variance)
    .filter((guard) =>
      [...upstream(graph, [guard.id])].some((id) => above.has(id) && context.trained.has(id)),
    );
  const isBlind = (guard: GraphNode): boolean =>
    traits(node).comparesDirections !== true && !seesScale(guard);
  return [
    missing(guards.filter(isBlind), 'what is compared here may shrink to nothing unseen there'),
    missing(
      guards.filter((guard) => !isBlind(guard)),
      'no side of this energy must follow what is read there',
    ),
  ].join('');
}

function missing(guards: readonly GraphNode[], reason: string): string {
  if (guards.length === 0) return '';
  const names = guards.map(nodeName).join(' and ');
  return ` ${names} ${guards.length > 1 ? 'do' : 'does'} not prevent it: ${reason}.`;
}
