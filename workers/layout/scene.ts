import type { LayoutEdge, LayoutNode, LayoutPort } from '../protocol';

export interface Rect {
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
}

/** A node in its place, and the frames around it, the inner ones first. */
export interface SceneNode extends Rect {
  readonly id: string;
  readonly frames: readonly string[];
}

/** A wire between two ports of nodes; offsets are from the upper left corners of these. */
export interface SceneWire {
  readonly from: SceneNode;
  readonly to: SceneNode;
  readonly source: LayoutPort;
  readonly target: LayoutPort;
}

/** A graph with places, which layout moves. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly wires: readonly SceneWire[];
  /** Group → all nodes within it, also those of groups in it. */
  readonly frames: ReadonlyMap<string, readonly SceneNode[]>;
}

/** Room of a frame around its nodes, and above them for its label. */
const FRAME = { side: 24, top: 40, bottom: 24 } as const;

export function makeScene(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  parents: Readonly<Record<string, string>>,
  columns: ReadonlyMap<string, number>,
): Scene {
  const byId = new Map<string, { readonly layout: LayoutNode; readonly node: SceneNode }>();
  const frames = new Map<string, SceneNode[]>();
  for (const layout of nodes) {
    const { id, width, height, group } = layout;
    const x = columns.get(id) ?? 0;
    const node = { id, x, y: 0, width, height, frames: framesAround(group, parents) };
    byId.set(id, { layout, node });
    for (const frame of node.frames) {
      const members = frames.get(frame);
      if (members) members.push(node);
      else frames.set(frame, [node]);
    }
  }
  const wires = edges.flatMap(({ source, sourcePort, target, targetPort }): SceneWire[] => {
    const from = byId.get(source);
    const to = byId.get(target);
    const start = from?.layout.outputs.find(({ name }) => name === sourcePort);
    const end = to?.layout.inputs.find(({ name }) => name === targetPort);
    if (!from || !to || !start || !end || from === to) return [];
    return [{ from: from.node, to: to.node, source: start, target: end }];
  });
  return { nodes: [...byId.values()].map(({ node }) => node), wires, frames };
}

/** The groups that something is in, the inner ones first. A circle of them, which a damaged document may have, ends. */
function framesAround(
  group: string | undefined,
  parents: Readonly<Record<string, string>>,
): string[] {
  const around: string[] = [];
  for (let at = group; at !== undefined && !around.includes(at);) {
    around.push(at);
    at = Object.hasOwn(parents, at) ? parents[at] : undefined;
  }
  return around;
}

/** The frame around nodes. */
export function frameOf(members: readonly Rect[]): Rect {
  const left = Math.min(...members.map(({ x }) => x)) - FRAME.side;
  const top = Math.min(...members.map(({ y }) => y)) - FRAME.top;
  const right = Math.max(...members.map(({ x, width }) => x + width)) + FRAME.side;
  const bottom = Math.max(...members.map(({ y, height }) => y + height)) + FRAME.bottom;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
