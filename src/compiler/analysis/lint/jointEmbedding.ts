import type { Remedy } from '../../../core/remedy';
import { nodeName } from '../../graph/elaborate';
import { someUpstream, upstream } from '../../graph/topology';
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

/** What guards do for an energy. One protected side is enough: where the energy is low, the other equals it. */
export function jointProtection({ sides, protection }: ComparedEnergy): Protection {
  const all = sides.map(({ source }) => protection(source));
  return {
    variance: all.some(({ variance }) => variance),
    decorrelation: all.some(({ decorrelation }) => decorrelation),
  };
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
  const isTrained = (id: string): boolean => trained.has(id);
  if (someUpstream(graph, [target.source.nodeId], isTrained, passesGradient)) return false;
  // A module whose weights the target's side shares, or averages, is no step more.
  const shared = new Set(
    [...upstream(graph, [target.source.nodeId])]
      .flatMap((id) => owners.get(id) ?? [])
      .map((owner) => averageRoot(averages, owner)),
  );
  return someUpstream(
    graph,
    [other.source.nodeId],
    (id) => trained.has(id) && !shared.has(owners.get(id) ?? id),
    passesGradient,
  );
}

/**
 * Stops the gradient of one side, where the other has a predictor more and else the same weights, and the predictor is
 * normalised over the batch: without that SimSiam and BYOL collapse on small data (docs/mathematics.md §2).
 */
export function stopTarget({ node, sides: [a, b], context }: ComparedEnergy): Remedy | null {
  const target = [
    [a, b],
    [b, a],
  ].find(([stopped, other]) => stopped && other && hasPredictor(stopped, other, context))?.[0];
  const source = target && context.graph.byId.get(target.source.nodeId);
  if (!target || !source) return null;
  return {
    label: `Stop the gradient of ${nodeName(source)}`,
    steps: [
      {
        kind: 'insert',
        nodeKind: 'op.stopGradient',
        input: 'in',
        output: 'out',
        after: target.source,
        before: [{ nodeId: node.id, port: target.port }],
      },
    ],
  };
}

function hasPredictor(
  target: Side,
  other: Side,
  { graph, owners, averages, trained, statistics }: LintContext,
): boolean {
  const isNormalised = (id: string): boolean =>
    trained.has(id) && (statistics.get(id) ?? []).length > 0;
  if (![...statistics.keys()].some(isNormalised)) return false;
  const trainedAbove = (side: Side): string[] =>
    [...upstream(graph, [side.source.nodeId])].filter((id) => trained.has(id));
  const rootOf = (id: string): string => averageRoot(averages, owners.get(id) ?? id);
  const there = trainedAbove(other);
  const normalised = there.filter(isNormalised);
  if (normalised.length === 0) return false;
  const shared = new Set(trainedAbove(target).map(rootOf));
  const rootsThere = new Set(there.map(rootOf));
  return (
    [...shared].every((root) => rootsThere.has(root)) &&
    normalised.some((id) => !shared.has(rootOf(id)))
  );
}
