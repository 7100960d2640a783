import type { LayoutEdge, LayoutNode, LayoutResult } from '../protocol';
import { columnsOf } from './columns';
import { stackRows } from './rows';
import { makeScene } from './scene';
import { straighten } from './straighten';

/** How much worse a layout may be that has all that is minimised at the right. */
const PATIENCE = 1.05;

/**
 * Layout from left to right: top left corners by node id. Nodes stand in columns by what they read, groups in rows of their
 * own, and nodes move up or down until no wire passes behind one, where that can be. Edges to nodes or ports that are not
 * there are passed over; nodes of a group stay together, and so do groups in a group (`parents`: group → the one around it).
 * The same graph always comes out the same.
 */
export function layoutGraph(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  parents: Readonly<Record<string, string>> = {},
): LayoutResult {
  const lay = (endsRight: boolean) => {
    const scene = makeScene(nodes, edges, parents, columnsOf(nodes, edges, endsRight));
    stackRows(scene);
    return { scene, cost: straighten(scene) };
  };
  const [right, near] = [lay(true), lay(false)];
  const { scene } = right.cost <= near.cost * PATIENCE ? right : near;
  return { positions: Object.fromEntries(scene.nodes.map(({ id, x, y }) => [id, { x, y }])) };
}
