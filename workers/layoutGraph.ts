import type { ELK, ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api';
import type { LayoutEdge, LayoutNode, LayoutResult } from './protocol';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  // Edges may run into and out of groups.
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  // Nodes that nothing else decides keep the document's order, so that a second layout changes little.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '80',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.componentComponent': '60',
};
const GROUP_OPTIONS = { 'elk.padding': '[top=48,left=24,bottom=24,right=24]' };

/**
 * Layered layout from left to right: top left corners by node id. Ports lie evenly on the left and right border, in
 * the given order. Edges to nodes or ports that are not there are passed over; nodes of a group stay together, and so do
 * groups in a group (`parents`: group → the one around it).
 */
export async function layoutGraph(
  elk: ELK,
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  parents: Readonly<Record<string, string>> = {},
): Promise<LayoutResult> {
  const children = nodes.map((node) => [node, elkNode(node)] as const);
  const frames = new Map<string, ElkNode[]>();
  const loose: ElkNode[] = [];
  const put = (child: ElkNode, group: string | undefined): void => {
    if (group === undefined) {
      loose.push(child);
      return;
    }
    const members = frames.get(group);
    if (members) members.push(child);
    else {
      const first = [child];
      frames.set(group, first);
      const frame = { id: `group ${group}`, layoutOptions: GROUP_OPTIONS, children: first };
      put(frame, Object.hasOwn(parents, group) ? parents[group] : undefined);
    }
  };
  for (const [{ group }, child] of children) put(child, group);
  const ports = new Set(children.flatMap(([, { ports = [] }]) => ports.map(({ id }) => id)));
  const root = await elk.layout({
    id: 'root',
    layoutOptions: OPTIONS,
    // Groups after nodes: that order counts where nothing else decides.
    children: loose.toSorted((a, b) => Number('children' in a) - Number('children' in b)),
    edges: edges
      .map(elkEdge)
      .filter(({ sources, targets }) => [...sources, ...targets].every((port) => ports.has(port))),
  });
  const positions: Record<string, { x: number; y: number }> = {};
  const known = new Set(nodes.map(({ id }) => id));
  const place = ({ id, x = 0, y = 0, children: inner }: ElkNode, left: number, top: number) => {
    // Positions within a group are relative to it.
    if (!inner && known.has(id)) positions[id] = { x: left + x, y: top + y };
    inner?.forEach((child) => place(child, left + x, top + y));
  };
  root.children?.forEach((child) => place(child, 0, 0));
  return { positions };
}

// Ids of ports cannot be mixed up with those of nodes and groups: those have no spaces, or begin otherwise.
const inputId = (node: string, port: string): string => `in ${node} ${port}`;
const outputId = (node: string, port: string): string => `out ${node} ${port}`;

function elkNode({ id, width, height, inputs, outputs }: LayoutNode): ElkNode {
  return {
    id,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      ...inputs.map((port, i) => elkPort(inputId(id, port), 'WEST', 0, i, inputs.length, height)),
      ...outputs.map((port, i) =>
        elkPort(outputId(id, port), 'EAST', width, i, outputs.length, height),
      ),
    ],
  };
}

function elkPort(
  id: string,
  side: 'WEST' | 'EAST',
  x: number,
  index: number,
  count: number,
  height: number,
): ElkPort {
  const y = (height * (index + 1)) / (count + 1);
  return { id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

function elkEdge({ id, source, sourcePort, target, targetPort }: LayoutEdge): ElkExtendedEdge {
  return {
    id: `edge ${id}`,
    sources: [outputId(source, sourcePort)],
    targets: [inputId(target, targetPort)],
  };
}
