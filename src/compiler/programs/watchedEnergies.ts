import type { Analysis } from '../analysis/analysis';
import { contrasts } from '../graph/contrasts';
import type { GraphNode } from '../graph/graph';
import { upstream } from '../graph/topology';
import type { RepresentationPort, WatchedEnergy } from './compiled';
import { contrastOf, type Contrast } from './contrast';

/** An energy that is watched, with what its pairs are made of. */
export interface Watching {
  readonly node: GraphNode;
  readonly watched: WatchedEnergy;
  readonly contrast: Contrast | null;
  /** The latents, found or drawn, that it is computed from. */
  readonly latents: readonly GraphNode[];
}

/** All energies of the graph. A single sample has no other to be paired with. */
export function watchEnergies(
  analysis: Analysis,
  batch: number,
  representations: readonly RepresentationPort[],
): Watching[] {
  const { graph } = analysis;
  const ownSamples = new Set(
    contrasts(graph).flatMap(({ energyNode, negative }) => {
      const sampler = negative?.sampler.definition.sampler;
      return sampler?.needs === 'gradient' || sampler?.generates ? [energyNode.id] : [];
    }),
  );
  return graph.nodes
    .filter(({ definition }) => definition.category === 'energy')
    .map((node) => {
      const above = upstream(graph, [node.id]);
      const contrast = batch > 1 ? contrastOf(node, analysis) : null;
      const latents = [...above]
        .flatMap((id) => graph.byId.get(id) ?? [])
        .filter(({ definition }) => definition.category === 'latent');
      const watched: WatchedEnergy = {
        nodeId: node.id,
        label: node.label,
        representations: representations
          .filter(({ nodeId }) => above.has(nodeId))
          .map(({ key }) => key),
        contrast: contrast && contrast.kind,
        isCompared: contrast !== null && contrast.target !== null,
        hasOwnSamples: ownSamples.has(node.id),
        hasLatent: latents.length > 0,
      };
      return { node, watched, contrast, latents };
    });
}
