import type { GraphNode } from '../../graph/graph';
import { upstream } from '../../graph/topology';
import { averageRoot } from '../../graph/weightLinks';
import type { Side } from '../sides';
import { passesGradient } from './gradients';
import type { LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';
import type { Protection } from './protection';

/** Whether both sides are trained, and neither is the stopped target of a predictor on the other. */
export function isJointEmbedding({ sides: [a, b], context }: ComparedEnergy): boolean {
  const { learned } = context;
  return (
    learned.has(a.source.nodeId) &&
    learned.has(b.source.nodeId) &&
    !isStoppedBehindPredictor(a, b, context) &&
    !isStoppedBehindPredictor(b, a, context)
  );
}

/**
 * What guards do for an energy. One protected side is enough: where the energy is low, the other equals it. An
 * energy that is itself contrasted is protected too.
 */
export function jointProtection({ node, sides, protection }: ComparedEnergy): Protection {
  const all = [
    ...sides.map(({ source }) => protection(source)),
    ...energyOutputs(node).map((port) => protection({ nodeId: node.id, port })),
  ];
  return {
    variance: all.some(({ variance }) => variance),
    decorrelation: all.some(({ decorrelation }) => decorrelation),
  };
}

function energyOutputs(node: GraphNode): string[] {
  return node.ports.outputs.filter(({ type }) => type === 'energy').map(({ name }) => name);
}

/**
 * SimSiam (Chen & He 2021) and BYOL (Grill et al. 2020): no gradient trains `target`, since it is stopped or the weights
 * are an average, and the other side has a trained step more.
 */
function isStoppedBehindPredictor(
  target: Side,
  other: Side,
  { graph, owners, averages, trained }: LintContext,
): boolean {
  const open = upstream(graph, [target.source.nodeId], passesGradient);
  if ([...open].some((id) => trained.has(id))) return false;
  // A module whose weights the target's side shares, or averages, is no step more.
  const shared = new Set(
    [...upstream(graph, [target.source.nodeId])]
      .flatMap((id) => owners.get(id) ?? [])
      .map((owner) => averageRoot(averages, owner)),
  );
  return [...upstream(graph, [other.source.nodeId], passesGradient)].some(
    (id) => trained.has(id) && !shared.has(owners.get(id) ?? id),
  );
}
