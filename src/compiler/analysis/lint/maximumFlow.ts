import { portKey, type PortKey, type PortReference } from '../../graph/graph';

/** A residual edge: `left` is what still fits through it, `reverse` gives back what went through it. */
interface ResidualEdge {
  readonly to: string;
  left: number;
  reverse: ResidualEdge | null;
}

type Network = Map<string, ResidualEdge[]>;

/**
 * The most that can flow from one value of a graph to another when each value lets its capacity through, by augmenting
 * along shortest paths (Edmonds & Karp 1972).
 */
export function maximumFlow(
  from: PortReference,
  to: PortReference,
  sources: (value: PortReference) => readonly PortReference[],
  capacity: (key: PortKey) => number,
): number {
  const network = residualNetwork(to, sources, capacity);
  const start = entry(portKey(from.nodeId, from.port));
  const end = exit(portKey(to.nodeId, to.port));
  let total = 0;
  for (;;) {
    const path = shortestPath(network, start, end);
    if (path === null) return total;
    const amount = Math.min(...path.map(({ left }) => left));
    for (const edge of path) {
      edge.left -= amount;
      if (edge.reverse) edge.reverse.left += amount;
    }
    total += amount;
  }
}

/** A value is two vertices, joined by an edge of its capacity. */
function entry(key: PortKey): string {
  return `${key} in`;
}

function exit(key: PortKey): string {
  return `${key} out`;
}

function connect(network: Network, source: string, target: string, capacity: number): void {
  const forward: ResidualEdge = { to: target, left: capacity, reverse: null };
  const backward: ResidualEdge = { to: source, left: 0, reverse: forward };
  forward.reverse = backward;
  edgesFrom(network, source).push(forward);
  edgesFrom(network, target).push(backward);
}

function edgesFrom(network: Network, vertex: string): ResidualEdge[] {
  const edges = network.get(vertex) ?? [];
  network.set(vertex, edges);
  return edges;
}

/** All values above `to`, which may be many: an explicit walk. */
function residualNetwork(
  to: PortReference,
  sources: (value: PortReference) => readonly PortReference[],
  capacity: (key: PortKey) => number,
): Network {
  const network: Network = new Map();
  const seen = new Set<PortKey>();
  const queue = [to];
  for (let value = queue.pop(); value; value = queue.pop()) {
    const key = portKey(value.nodeId, value.port);
    if (seen.has(key)) continue;
    seen.add(key);
    connect(network, entry(key), exit(key), capacity(key));
    for (const source of sources(value)) {
      connect(network, exit(portKey(source.nodeId, source.port)), entry(key), Infinity);
      queue.push(source);
    }
  }
  return network;
}

function shortestPath(network: Network, start: string, end: string): ResidualEdge[] | null {
  const arrivals = new Map<string, { readonly edge: ResidualEdge; readonly from: string }>();
  const seen = new Set([start]);
  // The queue grows while it is walked.
  const queue = [start];
  for (const vertex of queue) {
    if (vertex === end) break;
    for (const edge of network.get(vertex) ?? []) {
      if (edge.left <= 0 || seen.has(edge.to)) continue;
      seen.add(edge.to);
      arrivals.set(edge.to, { edge, from: vertex });
      queue.push(edge.to);
    }
  }
  const path: ResidualEdge[] = [];
  for (let at = end; at !== start;) {
    const arrival = arrivals.get(at);
    if (!arrival) return null;
    path.push(arrival.edge);
    at = arrival.from;
  }
  return path;
}
