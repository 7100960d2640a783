import type { Analysis } from '../analysis/analysis';
import { freePort, freeVariables } from '../graph/freeVariables';
import {
  portKey,
  type Graph,
  type GraphNode,
  type PortKey,
  type PortReference,
} from '../graph/graph';
import { downstream, valueInputs } from '../graph/topology';

/** What an energy at given values is computed from. */
export interface EnergyParts {
  /** Whose sum F is. */
  readonly energies: readonly GraphNode[];
  /** Values that depend neither on what is given nor on what is found, and are read by nodes that do. */
  readonly constants: readonly PortReference[];
  /** Observed values that are read and not given, in the order of the graph. */
  readonly observed: readonly PortReference[];
  /** Free variables that F does not depend on at the given values. */
  readonly idle: readonly PortReference[];
}

/**
 * What is computed of a graph when the values of some ports are given, whatever they were computed from. `energies`: some of those
 * that depend on them.
 */
export function energyParts(
  { graph }: Analysis,
  given: readonly PortReference[],
  energies: readonly GraphNode[] = energiesAt(graph, given),
): EnergyParts {
  const isGiven = keysOf(given);
  const needed = neededNodes(graph, energies, isGiven);
  const free = freePorts(graph);
  const open = free.filter(({ nodeId, port }) => !isGiven.has(portKey(nodeId, port)));
  const changing = new Set(
    [...given, ...open].flatMap((port) => [...readersOf(graph, port, isGiven)]),
  );
  const isOpen = keysOf(open);
  const finds = new Set(open.map(({ nodeId }) => nodeId));
  const constants = new Map<PortKey, PortReference>();
  const observed = new Map<PortKey, PortReference>();
  for (const node of graph.nodes) {
    if (!needed.has(node.id)) continue;
    for (const source of valueInputs(node)) {
      const key = portKey(source.nodeId, source.port);
      if (isGiven.has(key)) continue;
      if (graph.byId.get(source.nodeId)?.definition.dataset) observed.set(key, source);
      // A free variable is found for each point, also where its start is the same for all.
      const varies = changing.has(node.id) || finds.has(node.id);
      if (varies && !changing.has(source.nodeId) && !isOpen.has(key)) constants.set(key, source);
    }
  }
  return {
    energies,
    constants: [...constants.values()],
    observed: [...observed.values()],
    idle: open.filter(({ nodeId }) => !needed.has(nodeId)),
  };
}

/**
 * The energies that depend on a given value, directly or through what inference finds: the penalty R(z) of
 * F(x, y) = min_z E(x, y, z) + R(z) is part of F although y does not reach it.
 */
export function energiesAt(graph: Graph, given: readonly PortReference[]): GraphNode[] {
  const isGiven = keysOf(given);
  const isEnergy = (id: string): boolean =>
    graph.byId.get(id)?.ports.outputs.some(({ type }) => type === 'energy') === true;
  const energiesBelow = (port: PortReference): string[] =>
    [...readersOf(graph, port, isGiven)].filter(isEnergy);
  const found = new Set(given.flatMap(energiesBelow));
  const open = freePorts(graph).filter(({ nodeId, port }) => !isGiven.has(portKey(nodeId, port)));
  const shares = open.map(energiesBelow);
  // A variable that is found with one of them brings its other energies, and these may bring further variables.
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const energies of shares) {
      if (energies.some((id) => found.has(id))) for (const id of energies) found.add(id);
    }
  }
  return graph.nodes.filter(({ id }) => found.has(id));
}

/** Ids of the nodes that read a port, directly or through others, but for what passes through a given port. */
function readersOf(graph: Graph, from: PortReference, isGiven: ReadonlySet<PortKey>): Set<string> {
  const readers = downstream(graph, from);
  const found = new Set<string>();
  // Sources come before their readers in `graph.nodes`.
  for (const node of graph.nodes) {
    if (!readers.has(node.id)) continue;
    const reads = valueInputs(node).some(({ nodeId, port }) => {
      const key = portKey(nodeId, port);
      if (key === portKey(from.nodeId, from.port)) return true;
      return found.has(nodeId) && !isGiven.has(key);
    });
    if (reads) found.add(node.id);
  }
  return found;
}

/** Ids of the nodes that are computed for the energies when the given values need not be. */
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

function freePorts(graph: Graph): PortReference[] {
  return freeVariables(graph).map((node) => ({ nodeId: node.id, port: freePort(node) }));
}

function keysOf(ports: readonly PortReference[]): Set<PortKey> {
  return new Set(ports.map(({ nodeId, port }) => portKey(nodeId, port)));
}
