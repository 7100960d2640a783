import type { Analysis } from '../analysis/analysis';
import { freePort, freeVariables } from '../graph/freeVariables';
import {
  portKey,
  type Graph,
  type GraphNode,
  type PortKey,
  type PortReference,
} from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { downstream, valueInputs } from '../graph/topology';

/** The part of a graph that an energy at given values is computed with. */
export interface EnergyGraph {
  /** Of this part alone: other energies, and free variables that only these have, are gone. A given free variable is free no more. */
  readonly analysis: Analysis;
  /** Whose sum F is. */
  readonly energies: readonly GraphNode[];
  /** Values that depend neither on what is given nor on what is found, and are read by others that do. */
  readonly constants: readonly PortReference[];
  /** Free variables whose starting point is such a value, too. */
  readonly starts: readonly PortReference[];
  /** Observed values among all that is read, in the order of the graph. */
  readonly observed: readonly PortReference[];
}

/** What is left of the graph when the values of some ports are given, whatever they were computed from. */
export function energyGraph(analysis: Analysis, given: readonly PortReference[]): EnergyGraph {
  const graph = withoutFreedom(analysis.graph, given);
  const energies = energiesAt(graph, given);
  const isGiven = keysOf(given);
  const needed = neededNodes(graph, energies, isGiven);
  const part = partOf(graph, needed, isGiven);
  const changing = changingNodes(part, given);
  const free = freeVariables(part).map((node) => ({ nodeId: node.id, port: freePort(node) }));
  const isFree = keysOf(free);
  const constants = new Map<PortKey, PortReference>();
  const observed = new Map<PortKey, PortReference>();
  for (const node of part.nodes) {
    for (const source of valueInputs(node)) {
      const key = portKey(source.nodeId, source.port);
      if (isGiven.has(key)) continue;
      if (part.byId.get(source.nodeId)?.definition.dataset) observed.set(key, source);
      const isRead = changing.has(node.id) && !changing.has(source.nodeId) && !isFree.has(key);
      if (isRead) constants.set(key, source);
    }
  }
  return {
    analysis: { ...analysis, graph: part, objective: [] },
    energies: energies.map(({ id }) => part.byId.get(id)).filter((node) => node !== undefined),
    constants: [...constants.values()],
    starts: free.filter(({ nodeId }) => !changing.has(nodeId)),
    observed: [...observed.values()],
  };
}

/**
 * The energies that depend on a given value, directly or through what inference finds: the penalty R(z) of
 * F(x, y) = min_z E(x, y, z) + R(z) is part of F although y does not reach it.
 */
export function energiesAt(graph: Graph, given: readonly PortReference[]): GraphNode[] {
  const reached = new Set(given.flatMap((port) => [...downstream(graph, port)]));
  for (const { variables } of jointGroups(graph)) {
    const shared = variables.flatMap((variable) => variable.energies).map(({ id }) => id);
    if (shared.some((id) => reached.has(id))) for (const id of shared) reached.add(id);
  }
  return graph.nodes.filter(
    ({ id, ports }) => reached.has(id) && ports.outputs.some(({ type }) => type === 'energy'),
  );
}

/** A free variable whose value is given is a constant. */
function withoutFreedom(graph: Graph, given: readonly PortReference[]): Graph {
  const isGiven = keysOf(given);
  return mapNodes(graph, graph.nodes, (node) =>
    isGiven.has(portKey(node.id, freePort(node)))
      ? { ...node, definition: { ...node.definition, free: () => null } }
      : node,
  );
}

/** Ids of the nodes that have to be computed for the energies, and of those that start or penalise what is inferred. */
function neededNodes(
  graph: Graph,
  energies: readonly GraphNode[],
  isGiven: ReadonlySet<PortKey>,
): Set<string> {
  const needed = new Set<string>();
  const queue = energies.map(({ id }) => id);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = graph.byId.get(id);
    if (!node || needed.has(id)) continue;
    needed.add(id);
    for (const { nodeId, port } of valueInputs(node)) {
      if (!isGiven.has(portKey(nodeId, port))) queue.push(nodeId);
    }
  }
  return needed;
}

/**
 * The graph of the needed nodes. A node of which only given outputs are read stays as a source without inputs. Links
 * between weights are left out: whose weights a module uses stands in the analysis.
 */
function partOf(graph: Graph, needed: ReadonlySet<string>, isGiven: ReadonlySet<PortKey>): Graph {
  const isSource = (node: GraphNode): boolean =>
    !needed.has(node.id) &&
    node.ports.outputs.some(({ name }) => isGiven.has(portKey(node.id, name)));
  const kept = graph.nodes.filter((node) => needed.has(node.id) || isSource(node));
  return mapNodes(graph, kept, (node) => {
    if (isSource(node)) return { ...node, ports: { ...node.ports, inputs: [] }, inputs: new Map() };
    const values = [...node.inputs].filter(([name]) =>
      node.ports.inputs.some((port) => port.name === name && port.type !== 'weights'),
    );
    return { ...node, inputs: new Map(values) };
  });
}

/** Ids of the nodes that are computed from a given value or a free variable. */
function changingNodes(graph: Graph, given: readonly PortReference[]): Set<string> {
  const free = freeVariables(graph).map((node) => ({ nodeId: node.id, port: freePort(node) }));
  return new Set([...given, ...free].flatMap((port) => [...downstream(graph, port)]));
}

function mapNodes(
  graph: Graph,
  kept: readonly GraphNode[],
  change: (node: GraphNode) => GraphNode,
): Graph {
  const nodes = kept.map(change);
  const consumers = new Map<PortKey, PortReference[]>();
  for (const node of nodes) {
    for (const [port, sources] of node.inputs) {
      for (const source of sources) {
        const key = portKey(source.nodeId, source.port);
        consumers.set(key, [...(consumers.get(key) ?? []), { nodeId: node.id, port }]);
      }
    }
  }
  return { ...graph, nodes, byId: new Map(nodes.map((node) => [node.id, node])), consumers };
}

function keysOf(ports: readonly PortReference[]): Set<PortKey> {
  return new Set(ports.map(({ nodeId, port }) => portKey(nodeId, port)));
}
