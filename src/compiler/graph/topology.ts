import { portKey, type Graph, type GraphNode, type PortReference } from './graph';

/** Nodes in an order in which sources come before their readers, the document's order otherwise. Weight links do not count. */
export function topologicalOrder(nodes: readonly GraphNode[]): GraphNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order: GraphNode[] = [];
  const done = new Set<string>();
  for (const root of nodes) {
    // Depth first with an explicit stack: a chain of thousands of nodes must not overflow ours.
    const stack: { readonly node: GraphNode; readonly sources: string[] }[] = [];
    const enter = (node: GraphNode): void => {
      done.add(node.id);
      stack.push({ node, sources: valueInputs(node).map(({ nodeId }) => nodeId) });
    };
    if (!done.has(root.id)) enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const source = top.sources.shift();
      if (source === undefined) {
        order.push(top.node);
        stack.pop();
        continue;
      }
      const next = byId.get(source);
      if (next && !done.has(source)) enter(next);
    }
  }
  return order;
}

/** Walks over a graph ask for the same nodes many times, and nodes never change. */
const inputsOf = new WeakMap<GraphNode, readonly PortReference[]>();

/** The outputs that a node computes with, in the order of its ports; weight links carry no value. */
export function valueInputs(node: GraphNode): readonly PortReference[] {
  const known = inputsOf.get(node);
  if (known !== undefined) return known;
  const inputs = node.ports.inputs
    .filter((port) => port.type !== 'weights')
    .flatMap((port) => node.inputs.get(port.name) ?? []);
  inputsOf.set(node, inputs);
  return inputs;
}

/** Ids of the nodes of one cycle, in order, or null. */
export function findCycle(
  edges: readonly { readonly source: string; readonly target: string }[],
): string[] | null {
  const targets = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const list = targets.get(source);
    if (list) list.push(target);
    else targets.set(source, [target]);
  }
  const finished = new Set<string>();
  for (const root of targets.keys()) {
    if (finished.has(root)) continue;
    const path: string[] = [root];
    const onPath = new Map([[root, 0]]);
    const pending = [[...(targets.get(root) ?? [])]];
    while (path.length > 0) {
      const next = pending.at(-1)?.pop();
      if (next === undefined) {
        const left = path.pop();
        pending.pop();
        if (left !== undefined) {
          onPath.delete(left);
          finished.add(left);
        }
        continue;
      }
      const at = onPath.get(next);
      if (at !== undefined) return path.slice(at);
      if (finished.has(next)) continue;
      onPath.set(next, path.length);
      path.push(next);
      pending.push([...(targets.get(next) ?? [])]);
    }
  }
  return null;
}

/** The nodes themselves and all that their values are made of. `through` says whether to go on past a node. */
export function upstream(
  graph: Graph,
  start: readonly string[],
  through?: (node: GraphNode) => boolean,
): Set<string> {
  return new Set(walkUpstream(graph, start, through));
}

/** Whether some node of `upstream` is such. It looks no further than the first: most are close by. */
export function someUpstream(
  graph: Graph,
  start: readonly string[],
  isSuch: (id: string) => boolean,
  through?: (node: GraphNode) => boolean,
): boolean {
  for (const id of walkUpstream(graph, start, through)) if (isSuch(id)) return true;
  return false;
}

function* walkUpstream(
  graph: Graph,
  start: readonly string[],
  through: (node: GraphNode) => boolean = () => true,
): Generator<string> {
  const found = new Set<string>();
  const queue = [...start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = graph.byId.get(id);
    if (!node || found.has(id)) continue;
    found.add(id);
    yield id;
    if (!through(node)) continue;
    for (const { nodeId } of valueInputs(node)) if (!found.has(nodeId)) queue.push(nodeId);
  }
}

/** The nodes that read a port, directly or through others. */
export function downstream(graph: Graph, from: PortReference): Set<string> {
  const found = new Set<string>();
  const queue = [...(graph.consumers.get(portKey(from.nodeId, from.port)) ?? [])];
  for (let reader = queue.pop(); reader; reader = queue.pop()) {
    const node = graph.byId.get(reader.nodeId);
    const read = reader.port;
    if (!node || found.has(node.id)) continue;
    if (node.ports.inputs.some((port) => port.name === read && port.type === 'weights')) continue;
    found.add(node.id);
    for (const { name, type } of node.ports.outputs) {
      if (type !== 'weights') queue.push(...(graph.consumers.get(portKey(node.id, name)) ?? []));
    }
  }
  return found;
}
