import type { Domain } from '../../graph/inferenceStrategy';
import type { PictureShape } from '../../graph/pictureShape';
import { sampleSize } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { comparedSides } from '../analysis/sides';
import { freeVariable } from '../graph/freeVariables';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';
import { downstream, upstream, valueInputs } from '../graph/topology';
import { energyParts } from './energyParts';
import { columnPicture } from './pictureSources';

/** A code, and what the graph makes of it. */
export interface LatentView {
  /** The key of the code. */
  readonly id: PortKey;
  readonly label: string;
  readonly code: PortReference;
  /** Numbers of a code. */
  readonly size: number;
  readonly domain: Domain;
  /** The value that is made of the code; null where an energy says which y goes with it, and nothing makes that. */
  readonly made: PortReference | null;
  /** What an energy compares with that, or the y of the energy. */
  readonly target: PortReference;
  /** Numbers of a target. */
  readonly width: number;
  /** Height, width and channels, where targets are pictures. */
  readonly picture: PictureShape | null;
  /** Whether rows of a weight are what single numbers of the code add. */
  readonly hasAtoms: boolean;
}

/** What a code may be where nothing says: an encoder and a prior put it about 0. */
const SPACE: Domain = { kind: 'space', extent: 3 };

/** The codes of a graph whose meaning can be looked at: latents, and where there are none the narrowest value of an autoencoder. */
export function latentViews(analysis: Analysis): LatentView[] {
  const latents = analysis.graph.nodes
    .filter(({ definition }) => definition.category === 'latent')
    .flatMap((node) => ofLatent(analysis, node));
  return latents.length > 0 ? latents : ofAutoencoders(analysis);
}

function ofLatent(analysis: Analysis, node: GraphNode): LatentView[] {
  const { graph } = analysis;
  const output = node.ports.outputs.find(({ type }) => type === 'tensor');
  if (!output) return [];
  const code = { nodeId: node.id, port: output.name };
  const domain = freeVariable(node)?.domain ?? SPACE;
  const below = downstream(graph, code);
  const energies = graph.nodes.filter(
    ({ id, definition }) => below.has(id) && definition.category === 'energy',
  );
  for (const energy of energies) {
    const [a, b] = comparedSides(energy)?.map(({ source }) => source) ?? [];
    if (!a || !b || below.has(a.nodeId) === below.has(b.nodeId)) continue;
    const [made, target] = below.has(a.nodeId) ? [a, b] : [b, a];
    return viewOf(analysis, { code, domain, made, target });
  }
  // An energy of y and z with a shape of its own says of each y in the plane how well it goes with a z.
  for (const energy of energies) {
    const target = valueInputs(energy).find(
      (source) =>
        graph.byId.get(source.nodeId)?.definition.dataset && sizeOf(analysis, source) === 2,
    );
    const isAlone = target && energyParts(analysis, [target, code], [energy]).observed.length === 0;
    if (target && isAlone && domain.kind !== 'space')
      return viewOf(analysis, { code, domain, made: null, target });
  }
  return [];
}

/** The narrowest value between what is observed and what is made of it, by all ways from the one to the other. */
function ofAutoencoders(analysis: Analysis): LatentView[] {
  const { graph, owners } = analysis;
  for (const energy of graph.nodes.filter(({ definition }) => definition.category === 'energy')) {
    const [a, b] = comparedSides(energy)?.map(({ source }) => source) ?? [];
    if (!a || !b) continue;
    const isObserved = ({ nodeId }: PortReference): boolean => graph.byId.get(nodeId)?.definition.dataset !== undefined; // prettier-ignore
    if (isObserved(a) === isObserved(b)) continue;
    const [made, target] = isObserved(a) ? [b, a] : [a, b];
    if (!upstream(graph, [made.nodeId]).has(target.nodeId)) continue;
    const codes = graph.nodes
      .filter(
        ({ id, definition }) =>
          owners.has(id) && definition.category === 'module' && id !== made.nodeId,
      )
      .flatMap((node) =>
        node.ports.outputs
          .filter(({ type }) => type === 'tensor')
          .map(({ name }) => ({ nodeId: node.id, port: name })),
      )
      .filter((code) => downstream(graph, code).has(made.nodeId) && isOnlyWay(analysis, code, made))
      .sort((p, q) => sizeOf(analysis, p) - sizeOf(analysis, q));
    const [code] = codes;
    if (code && sizeOf(analysis, code) < sizeOf(analysis, made)) {
      return viewOf(analysis, { code, domain: SPACE, made, target });
    }
  }
  return [];
}

/** Whether nothing observed reaches a value but through a code. */
function isOnlyWay({ graph }: Analysis, code: PortReference, made: PortReference): boolean {
  const around = upstream(graph, [made.nodeId], ({ id }) => id !== code.nodeId);
  return ![...around].some((id) => graph.byId.get(id)?.definition.dataset);
}

function viewOf(
  analysis: Analysis,
  parts: Pick<LatentView, 'code' | 'domain' | 'made' | 'target'>,
): LatentView[] {
  const { graph, types } = analysis;
  const { code, made, target } = parts;
  const id = portKey(code.nodeId, code.port);
  const node = graph.byId.get(code.nodeId);
  const type = types.get(id);
  if (!node || type?.time !== null || types.get(portKey(target.nodeId, target.port))?.time !== null)
    return [];
  const source = graph.byId.get(target.nodeId);
  const dataset = source?.definition.dataset?.(source.params);
  const maker = made && graph.byId.get(made.nodeId);
  const reads = maker ? valueInputs(maker) : [];
  return [
    {
      ...parts,
      id,
      label: node.label,
      size: sampleSize(type),
      width: sizeOf(analysis, target),
      picture: dataset ? columnPicture(dataset, target.port) : null,
      hasAtoms:
        maker?.definition.atoms !== undefined &&
        reads.some(({ nodeId, port }) => nodeId === code.nodeId && port === code.port),
    },
  ];
}

/** Numbers of a value; 0 of a sequence. */
function sizeOf({ types }: Analysis, { nodeId, port }: PortReference): number {
  const type = types.get(portKey(nodeId, port));
  return type && type.time === null ? sampleSize(type) : 0;
}
