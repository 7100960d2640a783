import type { DatasetSpec } from '../../graph/nodeDefinition';
import { pictureShape, type PictureShape } from '../../graph/pictureShape';
import { sameTensorType, sampleSize, type TensorType } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { comparedSides } from '../analysis/sides';
import { contrasts, type Contrasted } from '../graph/contrasts';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';

interface Source {
  /** Its own: that of its port, or of what it is of a node. */
  readonly key: string;
  readonly label: string;
  readonly shape: PictureShape;
  /** The observed port whose values it stands beside. */
  readonly of: PortKey;
}

/** A row of pictures that a graph has. */
export type PictureSource =
  /** Held-out samples, or what the graph makes of them. */
  | (Source & { readonly kind: 'port'; readonly port: PortReference })
  /** Where an energy leads from damaged samples. */
  | (Source & {
      readonly kind: 'recalled';
      readonly damaged: PortReference;
      readonly energy: GraphNode;
      /** The input of the energy that they are put into. */
      readonly observed: PortReference;
    })
  /** ŷ of the current batch. */
  | (Source & { readonly kind: 'contrastive'; readonly sampler: string })
  /** What sampling the units of an energy comes to that no sample is the start of. */
  | (Source & { readonly kind: 'sampled'; readonly contrasted: Contrasted })
  /** Rows of a weight, each one value of the node's output. */
  | (Source & { readonly kind: 'atoms'; readonly node: GraphNode; readonly weight: string });

/** Atoms of a node that are shown at most. */
const MOST_ATOMS = 256;

/**
 * The pictures of a graph, in the order of its data: images that it observes, each with what it makes in their shape, recalls, contrasts
 * them with or draws, and the atoms that they are made of. Views of an image are left out, as they are off in evaluation. Empty where a
 * graph only observes.
 */
export function pictureSources(analysis: Analysis): PictureSource[] {
  const found = new Map<string, PictureSource>();
  for (const observed of observedPictures(analysis)) {
    const more = [
      ...madeOf(analysis, observed),
      ...recalledOf(analysis, observed),
      ...contrastOf(analysis, observed),
    ];
    const atoms = atomsOf(analysis, observed);
    if (more.length + atoms.length === 0) continue;
    for (const source of [observed, ...more, ...atoms]) found.set(source.key, source);
  }
  return [...found.values()];
}

type Observed = Extract<PictureSource, { readonly kind: 'port' }> & {
  readonly key: PortKey;
  readonly node: GraphNode;
  readonly type: TensorType;
};

function observedPictures({ graph, types }: Analysis): Observed[] {
  return graph.nodes.flatMap((node) => {
    const dataset = node.definition.dataset?.(node.params);
    if (!dataset) return [];
    return Object.keys(dataset.columns).flatMap((port): Observed[] => {
      const key = portKey(node.id, port);
      const type = types.get(key);
      const shape = type && (imageOf(type) ?? laidOut(dataset.pictures?.[port]?.shape));
      if (!type || !shape || !graph.consumers.has(key)) return [];
      return [{ kind: 'port', ...portOf(node, port), shape, of: key, node, type }];
    });
  });
}

/** What the graph makes in the same shape. Numbers in a row may stand for anything, and are those that an energy compares. */
function madeOf(analysis: Analysis, { key, type, shape }: Observed): PictureSource[] {
  const { graph, types } = analysis;
  const isImage = imageOf(type) !== null;
  const compared = new Set(graph.nodes.flatMap((energy) => comparedWith(energy, key)));
  return graph.nodes
    .filter(({ definition }) => !['data', 'view'].includes(definition.category))
    .flatMap((node) =>
      node.ports.outputs.flatMap(({ name }): PictureSource[] => {
        const made = portOf(node, name);
        const own = types.get(made.key);
        if (!own || !sameTensorType(own, type) || !(isImage || compared.has(made.key))) return [];
        return [{ kind: 'port', ...made, shape, of: key }];
      }),
    );
}

/** The values that an energy compares with one. */
function comparedWith(energy: GraphNode, key: PortKey): PortKey[] {
  const sides = comparedSides(energy)?.map(({ source }) => portKey(source.nodeId, source.port));
  return sides?.includes(key) === true ? sides : [];
}

function recalledOf({ graph }: Analysis, { key, node, port, shape }: Observed): PictureSource[] {
  const by = node.definition.dataset?.(node.params).pictures?.[port.port]?.damaged;
  if (by === undefined) return [];
  const energies = graph.nodes.filter(({ definition, inputs }) => {
    const [first = ''] = definition.conditionals?.ports ?? [];
    const [source] = inputs.get(first) ?? [];
    return source?.nodeId === port.nodeId && source.port === port.port;
  });
  if (energies.length === 0) return [];
  const damaged = portOf(node, by);
  return [
    { kind: 'port', ...damaged, label: 'Damaged', shape, of: key },
    ...energies.map((energy): PictureSource => ({
      ...{ kind: 'recalled', key: `recalled:${energy.id}`, label: `Recalled by ${energy.label}` },
      ...{ shape, of: key, damaged: damaged.port, energy, observed: port },
    })),
  ];
}

function contrastOf({ graph }: Analysis, { key, shape }: Observed): PictureSource[] {
  const found = new Map<string, PictureSource>();
  for (const contrasted of contrasts(graph)) {
    const { energyNode, negative } = contrasted;
    const sampler = negative?.sampler.definition.sampler;
    if (!negative || !sampler || negative.key !== key) continue;
    const { id, label } = negative.sampler;
    // What a generator makes is among what the graph makes.
    if (sampler.generates !== true) {
      found.set(id, {
        kind: 'contrastive',
        key: `ŷ:${id}`,
        label: `Contrastive ${label}`,
        shape,
        of: key,
        sampler: id,
      });
    }
    if (sampler.needs === 'conditionals') {
      const drawn = {
        kind: 'sampled',
        key: `sampled:${id}`,
        label: `Samples of ${energyNode.label}`,
      } as const;
      found.set(drawn.key, { ...drawn, shape, of: key, contrasted });
    }
  }
  return [...found.values()];
}

function atomsOf(analysis: Analysis, observed: Observed): PictureSource[] {
  const { key: of, shape, type } = observed;
  return madeOf(analysis, observed).flatMap((made): PictureSource[] => {
    const node = made.kind === 'port' ? analysis.graph.byId.get(made.port.nodeId) : undefined;
    const weight = node?.definition.atoms;
    if (!node || weight === undefined) return [];
    const owner = analysis.owners.get(node.id) ?? node.id;
    const spec = analysis.weights.get(owner)?.find(({ name }) => name === weight);
    const [count = 0, size = 0] = spec?.shape ?? [];
    if (count > MOST_ATOMS || size !== sampleSize(type)) return [];
    const key = `atoms:${node.id}`;
    return [{ kind: 'atoms', key, label: `Atoms of ${node.label}`, shape, of, node, weight }];
  });
}

function portOf(
  node: GraphNode,
  port: string,
): Pick<Source, 'label'> & { readonly key: PortKey; readonly port: PortReference } {
  const isOnly = node.ports.outputs.filter(({ type }) => type === 'tensor').length === 1;
  return {
    key: portKey(node.id, port),
    label: isOnly || node.definition.category === 'data' ? node.label : `${node.label} · ${port}`,
    port: { nodeId: node.id, port },
  };
}

function imageOf(type: TensorType): PictureShape | null {
  return type.time === null ? pictureShape(type.shape) : null;
}

/** How one step of an observed column looks, where it is a picture or numbers that are laid out as one. */
export function columnPicture(
  { columns, pictures }: DatasetSpec,
  column: string,
): PictureShape | null {
  const type = columns[column];
  return type ? (pictureShape(type.shape) ?? laidOut(pictures?.[column]?.shape)) : null;
}

function laidOut(shape: readonly [number, number] | undefined): PictureShape | null {
  return shape ? [...shape, 1] : null;
}
