import type { Mode } from '../../../graph/mode';
import { pictureShape, type PictureShape } from '../../../graph/pictureShape';
import type { Analysis } from '../../analysis/analysis';
import { portKey, type GraphNode, type PortReference } from '../../graph/graph';
import { upstream } from '../../graph/topology';
import { contrastOf } from '../contrast';
import { energyParts } from '../energyParts';
import { columnPicture } from '../pictureSources';
import { PLAIN_VIEW, type LandscapePlane, type LandscapeView } from './landscapePlane';
import { inferredAt, valueSize } from './viewParts';

/**
 * F over a plane through values of y of any shape. What y is of an energy, and what of x stays, is what its gap replaces
 * (docs/semantics.md §7).
 */
export const targetSlice: LandscapePlane = {
  kind: 'target',
  title: 'Slice of y',
  needs:
    'an energy of observed data of more than two numbers. The plane goes through two held-out samples.',
  symbol: 'F',
  axes: 'same',
  hasDensity: true,
  spannedBy: 'samples',
  controls: ['samples'],
  views: (analysis) => {
    const energies = analysis.graph.nodes.filter(
      ({ definition }) => definition.category === 'energy',
    );
    const found = new Map<string, LandscapeView>();
    for (const energy of energies) {
      const view = sliceOf(analysis, energy);
      // Energies of the same values are added up: they have one landscape.
      if (view && !found.has(view.id)) found.set(view.id, view);
    }
    const views = [...found.values()];
    return views.length === 1 ? views.map((view) => ({ ...view, label: 'Slice of y' })) : views;
  },
};

function sliceOf(analysis: Analysis, energy: GraphNode): LandscapeView | null {
  const contrast = contrastOf(energy, analysis);
  if (!contrast) return null;
  const { replaced, kept } = contrast;
  const numbers = replaced.reduce((sum, port) => sum + valueSize(analysis, port), 0);
  const given = [...replaced, ...kept];
  const parts = energyParts(analysis, given);
  if (numbers <= 2 || parts.energies.length === 0) return null;
  return {
    ...PLAIN_VIEW,
    id: `slice:${given.map(({ nodeId, port }) => portKey(nodeId, port)).join(',')}`,
    label: `Slice of y: ${energy.label}`,
    kind: 'target',
    given,
    moving: replaced,
    kept,
    held: parts.observed,
    inferred: inferredAt(analysis, given),
    hasPoints: true,
    views: viewsAt(analysis, parts.energies),
    picture: pictureOf(analysis, replaced),
  };
}

/** Views act where an energy reads which part of y one hides: with nothing hidden there would be nothing to compare. */
function viewsAt({ graph }: Analysis, energies: readonly GraphNode[]): Mode {
  const reads = [
    ...upstream(
      graph,
      energies.map(({ id }) => id),
    ),
  ].flatMap((id) => [...(graph.byId.get(id)?.inputs.values() ?? [])].flat());
  const isMask = ({ nodeId, port }: PortReference): boolean =>
    graph.byId
      .get(nodeId)
      ?.ports.outputs.some(({ name, lostInBypass }) => name === port && lostInBypass === true) ===
    true;
  return reads.some(isMask) ? 'train' : 'evaluate';
}

/** Of a y that is one value. */
function pictureOf(
  { graph, types }: Analysis,
  [port, ...more]: readonly PortReference[],
): PictureShape | null {
  if (!port || more.length > 0) return null;
  const node = graph.byId.get(port.nodeId);
  const dataset = node?.definition.dataset?.(node.params);
  const type = types.get(portKey(port.nodeId, port.port));
  if (dataset) return columnPicture(dataset, port.port);
  return type ? pictureShape(type.shape) : null;
}
