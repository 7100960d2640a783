import type { Analysis } from '../../analysis/analysis';
import { contrasts } from '../../graph/contrasts';
import { freeVariable } from '../../graph/freeVariables';
import { portKey, type GraphNode, type PortReference } from '../../graph/graph';
import { upstream, valueInputs } from '../../graph/topology';
import { stateName } from '../../names';
import { contrastOf } from '../contrast';
import { chosenLatents } from '../chosenLatents';
import { energiesAt, energyParts } from '../energyParts';
import {
  PLAIN_VIEW,
  type LandscapeAxis,
  type LandscapePlane,
  type LandscapeView,
} from './landscapePlane';
import { inferenceSteps, inferredAt, nameOf, pointSize, tensorPorts } from './viewParts';

/** F over a y of two numbers, other observed values held at one sample. */
export const observedPlane: LandscapePlane = {
  kind: 'observed',
  title: 'Plane of y',
  needs: 'data in the plane, such as Points, that an energy is computed from.',
  symbol: 'F',
  axes: 'same',
  hasDensity: true,
  spannedBy: 'numbers',
  controls: ['sample'],
  views: (analysis) =>
    drawn(analysis, 'data').map((port) => ({
      ...plane(analysis, port),
      kind: 'observed',
      latents: chosenLatents(analysis, port),
      hasPoints: true,
    })),
};

/** E over a z of two numbers, at the y of one sample. */
export const latentPlane: LandscapePlane = {
  kind: 'latent',
  title: 'Plane of z',
  needs: 'a latent of two numbers that an energy is computed from.',
  symbol: 'E',
  axes: 'same',
  hasDensity: true,
  spannedBy: 'numbers',
  controls: ['sample'],
  views: (analysis) =>
    drawn(analysis, 'latent').map((port) => {
      const node = analysis.graph.byId.get(port.nodeId);
      const hasPlace =
        node !== undefined && (freeVariable(node) !== null || valueInputs(node).length > 0);
      const steps = inferenceSteps(analysis, port);
      return { ...plane(analysis, port), kind: 'latent', hasPoints: hasPlace, steps };
    }),
};

/** F(x, y) over an x and a y of one number each. */
export const surface: LandscapePlane = {
  kind: 'surface',
  title: 'y over x',
  needs: 'an energy of an observed x and an observed y of one number each, as in the Parabola.',
  symbol: 'F',
  axes: 'apart',
  hasDensity: true,
  spannedBy: 'numbers',
  controls: ['sample'],
  views: surfaces,
};

/** Ports of two numbers of a category that an energy is computed from. */
function drawn(analysis: Analysis, category: 'data' | 'latent'): PortReference[] {
  return tensorPorts(analysis, category).filter(
    (port) => pointSize(analysis, port) === 2 && energiesAt(analysis.graph, [port]).length > 0,
  );
}

function plane(analysis: Analysis, port: PortReference): Omit<LandscapeView, 'kind'> {
  const axis = (component: 0 | 1): LandscapeAxis => ({
    port,
    component,
    label: `${port.port}${component === 0 ? '₁' : '₂'}`,
  });
  return {
    ...PLAIN_VIEW,
    id: portKey(port.nodeId, port.port),
    label: nameOf(analysis, port),
    axes: [axis(0), axis(1)],
    given: [port],
    moving: [port],
    held: energyParts(analysis, [port]).observed,
    inferred: inferredAt(analysis, [port]),
    ...contrastAt(analysis, port),
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
    if (pointSize(analysis, a) !== 1 || pointSize(analysis, b) !== 1) continue;
    if (datasetOf(analysis, a) !== datasetOf(analysis, b)) continue;
    const replaced = contrastOf(energy, analysis)?.replaced ?? [];
    const isY = (port: PortReference): boolean =>
      replaced.some(({ nodeId, port: name }) => nodeId === port.nodeId && name === port.port);
    const [x, y] = isY(a) && !isY(b) ? [b, a] : [a, b];
    const id = `${portKey(x.nodeId, x.port)},${portKey(y.nodeId, y.port)}`;
    views.set(id, {
      ...PLAIN_VIEW,
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
      // Which x a chain belongs to is not kept.
      samplers: contrastAt(analysis, y).samplers,
      hasPoints: true,
    });
  }
  return [...views.values()];
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
