import { sampleSize } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { contrasts } from '../graph/contrasts';
import { freeVariable } from '../graph/freeVariables';
import { portKey, type GraphNode, type PortReference } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { upstream, valueInputs } from '../graph/topology';
import { stateName } from '../names';
import { contrastOf } from './contrast';
import { chosenLatents, type ChosenLatent } from './chosenLatents';
import { energiesAt, energyParts } from './energyParts';

/** One of the two numbers that F is drawn over. */
export interface LandscapeAxis {
  readonly port: PortReference;
  /** Which number of the port's value. */
  readonly component: number;
  readonly label: string;
}

/** Two numbers of a graph over which its energy can be drawn. */
export interface LandscapeView {
  readonly id: string;
  readonly label: string;
  /**
   * `observed`: F over a y of two numbers. `latent`: E over a z of two numbers, at the y of one sample.
   * `surface`: F(x, y) over an x and a y of one number each.
   */
  readonly kind: 'observed' | 'latent' | 'surface';
  readonly axes: readonly [LandscapeAxis, LandscapeAxis];
  /** Whose values are given. */
  readonly given: readonly PortReference[];
  /** Those of them that descend. */
  readonly moving: readonly PortReference[];
  /** Observed ports of which one sample is held. */
  readonly held: readonly PortReference[];
  /** Free variables that are inferred at each point, by their nodes. */
  readonly inferred: readonly string[];
  /** Free variables that a value may be chosen for, to see which y goes with it. */
  readonly latents: readonly ChosenLatent[];
  /** States that keep points of a sampler's chains which lie on the plane. */
  readonly chains: readonly string[];
  /** Samplers that keep none, and whose points lie on the plane: each step makes its own. */
  readonly samplers: readonly string[];
  /** Whether the values of held-out samples lie on the plane: observed ones, or what inference or an encoder gives. */
  readonly hasPoints: boolean;
}

/** What a landscape can be drawn of, in the order of the graph: observed variables first. */
export function landscapeViews(analysis: Analysis): LandscapeView[] {
  const ports = (category: string): PortReference[] =>
    analysis.graph.nodes
      .filter(({ definition }) => definition.category === category)
      .flatMap((node) =>
        node.ports.outputs
          .filter(({ type }) => type === 'tensor')
          .map(({ name }) => ({ nodeId: node.id, port: name })),
      );
  const drawn = (port: PortReference): boolean =>
    sizeOf(analysis, port) === 2 && energiesAt(analysis.graph, [port]).length > 0;
  return [
    ...ports('data')
      .filter(drawn)
      .map((port) => plane(analysis, port, 'observed')),
    ...surfaces(analysis),
    ...ports('latent')
      .filter(drawn)
      .map((port) => plane(analysis, port, 'latent')),
  ];
}

function plane(
  analysis: Analysis,
  port: PortReference,
  kind: 'observed' | 'latent',
): LandscapeView {
  const node = analysis.graph.byId.get(port.nodeId);
  const axis = (component: 0 | 1): LandscapeAxis => ({
    port,
    component,
    label: `${port.port}${component === 0 ? '₁' : '₂'}`,
  });
  return {
    id: portKey(port.nodeId, port.port),
    label: nameOf(port, node),
    kind,
    axes: [axis(0), axis(1)],
    given: [port],
    moving: [port],
    held: energyParts(analysis, [port]).observed,
    inferred: inferredAt(analysis, [port]),
    latents: kind === 'observed' ? chosenLatents(analysis, port) : [],
    ...contrastAt(analysis, port),
    hasPoints:
      kind === 'observed' ||
      (node !== undefined && (freeVariable(node) !== null || valueInputs(node).length > 0)),
  };
}

/** For each energy that is computed from two observed numbers of one data set: y is the one that is contrasted. */
function surfaces(analysis: Analysis): LandscapeView[] {
  const { graph } = analysis;
  const views = new Map<string, LandscapeView>();
  for (const energy of graph.nodes) {
    if (energy.definition.category !== 'energy') continue;
    const [a, b, ...more] = observedBy(analysis, energy);
    if (!a || !b || more.length > 0) continue;
    if (sizeOf(analysis, a) !== 1 || sizeOf(analysis, b) !== 1) continue;
    if (datasetOf(analysis, a) !== datasetOf(analysis, b)) continue;
    const replaced = contrastOf(energy, analysis)?.replaced ?? [];
    const isY = (port: PortReference): boolean =>
      replaced.some(({ nodeId, port: name }) => nodeId === port.nodeId && name === port.port);
    const [x, y] = isY(a) && !isY(b) ? [b, a] : [a, b];
    const id = `${portKey(x.nodeId, x.port)},${portKey(y.nodeId, y.port)}`;
    views.set(id, {
      id,
      label: `${y.port} over ${x.port}`,
      kind: 'surface',
      axes: [
        { port: x, component: 0, label: x.port },
        { port: y, component: 0, label: y.port },
      ],
      given: [x, y],
      moving: [y],
      held: energyParts(analysis, [x, y]).observed,
      inferred: inferredAt(analysis, [x, y]),
      latents: [],
      // Which x a chain belongs to is not kept.
      ...{ chains: [], samplers: contrastAt(analysis, y).samplers },
      hasPoints: true,
    });
  }
  return [...views.values()];
}

function inferredAt({ graph }: Analysis, given: readonly PortReference[]): string[] {
  const energies = energiesAt(graph, given);
  const isGiven = new Set(given.map(({ nodeId, port }) => portKey(nodeId, port)));
  return jointGroups(graph)
    .flatMap(({ variables }) => variables)
    .filter((variable) => !isGiven.has(variable.key))
    .filter((variable) => variable.energies.some((energy) => energies.includes(energy)))
    .map(({ node }) => node.id);
}

/** The samplers of contrastive points that stand for a value. */
function contrastAt(
  { graph, statistics }: Analysis,
  { nodeId, port }: PortReference,
): Pick<LandscapeView, 'chains' | 'samplers'> {
  const found = new Map(
    contrasts(graph).flatMap(({ negative }) =>
      negative?.key === portKey(nodeId, port) ? [[negative.sampler.id, negative.sampler]] : [],
    ),
  );
  const chains: string[] = [];
  const samplers: string[] = [];
  for (const [id, { definition }] of found) {
    const name = definition.sampler?.chains;
    const keeps = statistics.get(id)?.some((statistic) => statistic.name === name) === true;
    if (keeps && name !== undefined) chains.push(stateName(id, name));
    else samplers.push(id);
  }
  return { chains, samplers };
}

/** The observed ports that an energy is computed from. */
function observedBy({ graph }: Analysis, energy: GraphNode): PortReference[] {
  const found = new Map<string, PortReference>();
  for (const id of upstream(graph, [energy.id])) {
    const node = graph.byId.get(id);
    for (const source of node ? valueInputs(node) : []) {
      if (!graph.byId.get(source.nodeId)?.definition.dataset) continue;
      found.set(portKey(source.nodeId, source.port), source);
    }
  }
  return [...found.values()];
}

function datasetOf({ graph }: Analysis, { nodeId }: PortReference): string | undefined {
  const node = graph.byId.get(nodeId);
  return node?.definition.dataset?.(node.params).id;
}

/** Numbers of one value; a sequence is no point. */
function sizeOf({ types }: Analysis, { nodeId, port }: PortReference): number {
  const type = types.get(portKey(nodeId, port));
  return type && type.time === null ? sampleSize(type) : 0;
}

function nameOf({ port }: PortReference, node: GraphNode | undefined): string {
  return node === undefined || node.label === port ? port : `${port} of ${node.label}`;
}
