import { frameOf } from './scene';
import type { Scene, SceneNode, SceneWire } from './scene';

/** Between nodes of a column, and between groups. */
const GAP = 40;
const GROUP_GAP = 56;
const SWEEPS = 8;

/**
 * A first height for each node: in columns, in the order of what they are connected to. Each group has rows of its own,
 * above those of the groups that it reads from: levels of a hierarchy lie on each other.
 */
export function stackRows(scene: Scene): void {
  stackBlock(scene, undefined);
}

/** Stacks what is in a group: its own nodes in columns, and above them the groups in it. */
function stackBlock(scene: Scene, group: string | undefined): void {
  const own = scene.nodes.filter(({ frames }) => frames[0] === group);
  stackColumns(own, scene.wires);
  const inner = [...scene.frames].filter(
    ([id, [member]]) => member?.frames[member.frames.indexOf(id) + 1] === group,
  );
  for (const [id] of inner) stackBlock(scene, id);
  // Loose nodes first: what is beside a group moves there later.
  let foot = own.length > 0 ? Math.min(...own.map(({ y }) => y)) - GROUP_GAP : 0;
  for (const members of inReadingOrder(
    inner.map(([, members]) => members),
    scene.wires,
  )) {
    const { y, height } = frameOf(members);
    for (const node of members) node.y += foot - y - height;
    foot -= height + GROUP_GAP;
  }
}

function stackColumns(nodes: readonly SceneNode[], wires: readonly SceneWire[]): void {
  const columns = new Map<number, SceneNode[]>();
  for (const node of nodes) {
    const middle = Math.round(node.x + node.width / 2);
    const column = columns.get(middle);
    if (column) column.push(node);
    else columns.set(middle, [node]);
  }
  const ordered = [...columns].sort(([a], [b]) => a - b).map(([, column]) => column);
  for (const column of ordered) stack(column);
  const isOwn = new Set(nodes);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of sweep % 2 === 0 ? ordered : ordered.toReversed()) {
      const wanted = new Map(column.map((node) => [node, heightOf(node)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      stack(column);
    }
  }

  /** The mean height of the ports at the other ends of its wires, as this node would have to be to lead straight there. */
  function heightOf(node: SceneNode): number {
    const heights = wires.flatMap(({ from, to, source, target }) => {
      if (to === node && isOwn.has(from)) return [from.y + source.y - target.y];
      if (from === node && isOwn.has(to)) return [to.y + target.y - source.y];
      return [];
    });
    if (heights.length === 0) return node.y;
    return heights.reduce((sum, height) => sum + height, 0) / heights.length;
  }
}

/** One below the other, around height 0. */
function stack(column: readonly SceneNode[]): void {
  const total = column.reduce((sum, { height }) => sum + height + GAP, -GAP);
  let y = -total / 2;
  for (const node of column) {
    node.y = y;
    y += node.height + GAP;
  }
}

/** Groups, each after those that it reads from; where nothing decides, and in a circle, as they came. */
function inReadingOrder(
  groups: readonly (readonly SceneNode[])[],
  wires: readonly SceneWire[],
): (readonly SceneNode[])[] {
  const left = groups.map((members) => ({ members, ids: new Set(members) }));
  const ordered: (readonly SceneNode[])[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ ids }) =>
      wires.every(
        ({ from, to }) =>
          !ids.has(to) || ids.has(from) || !left.some((other) => other.ids.has(from)),
      ),
    );
    ordered.push(...left.splice(Math.max(0, next), 1).map(({ members }) => members));
  }
  return ordered;
}
