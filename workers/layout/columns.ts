import type { LayoutEdge, LayoutNode } from '../protocol';

/** Between two columns, where no shape on an edge needs more. */
const GAP = 52;
const WIDEST_GAP = 112;
/** How high a column may be in any case, and what lies between two nodes of one. */
const HIGH = 420;
const APART = 40;
/** Beside a shape on an edge. */
const BESIDE = 10;

/**
 * Where nodes stand from left to right: the left border of each, by id. A node stands in the column after those that it
 * reads from; data stands at the left, what is minimised and read by nobody at the right of its group where `endsRight` says
 * so, and a free variable just before its first reader. Modules that share weights, and the encoders of a group, stand in one column,
 * where what they read allows it.
 */
export function columnsOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  endsRight: boolean,
): ReadonlyMap<string, number> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const between = edges.filter(
    ({ source, target }) => source !== target && known.has(source) && known.has(target),
  );
  const isWeights = ({ target, targetPort }: LayoutEdge): boolean =>
    known.get(target)?.inputs.some(({ name, side }) => name === targetPort && side === 'top') ===
    true;
  const values = withoutCircles(between.filter((edge) => !isWeights(edge)));
  const depth = depths(nodes, values, between.filter(isWeights));
  pull(nodes, values, between.filter(isWeights), depth, endsRight);
  return places(nodes, values, depth);
}

type Depths = Map<string, number>;
type Link = Pick<LayoutEdge, 'source' | 'target'>;

/** Edges without those that would lead back: a graph at fault may have some. */
function withoutCircles(edges: readonly LayoutEdge[]): LayoutEdge[] {
  const kept: LayoutEdge[] = [];
  const after = new Map<string, string[]>();
  for (const edge of edges) {
    if (reaches(after, edge.target, edge.source)) continue;
    kept.push(edge);
    after.set(edge.source, [...(after.get(edge.source) ?? []), edge.target]);
  }
  return kept;
}

function reaches(after: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const next of after.get(id) ?? []) seen.add(next);
  }
  return false;
}

/** Encoders of one group, each with the first of them. */
function encoderPairs(nodes: readonly LayoutNode[]): Link[] {
  const first = new Map<string | undefined, string>();
  return nodes.flatMap(({ id, group, encodes = false }) => {
    if (!encodes) return [];
    const source = first.get(group);
    if (source !== undefined) return [{ source, target: id }];
    first.set(group, id);
    return [];
  });
}

/** The length of the longest way to each node, with those that stand in one column taken as one. */
function depths(
  nodes: readonly LayoutNode[],
  values: readonly Link[],
  weights: readonly Link[],
): Depths {
  const home = new Map(nodes.map(({ id }) => [id, id]));
  const homeOf = (id: string): string => home.get(id) ?? id;
  const graph = (): Map<string, string[]> => {
    const after = new Map<string, string[]>();
    for (const { source, target } of values) {
      const [a, b] = [homeOf(source), homeOf(target)];
      after.set(a, [...(after.get(a) ?? []), b]);
    }
    return after;
  };
  for (const { source, target } of [...weights, ...encoderPairs(nodes)]) {
    const [a, b] = [homeOf(source), homeOf(target)];
    const after = graph();
    // One of them reads what the other gives: they cannot be beside each other.
    if (a === b || reaches(after, a, b) || reaches(after, b, a)) continue;
    for (const [id, at] of home) if (at === b) home.set(id, a);
  }
  const after = graph();
  const depth = new Map<string, number>();
  const before = new Map<string, string[]>();
  for (const [a, all] of after) for (const b of all) before.set(b, [...(before.get(b) ?? []), a]);
  const depthOf = (id: string): number => {
    const found = depth.get(id);
    if (found !== undefined) return found;
    const own = Math.max(-1, ...(before.get(id) ?? []).map(depthOf)) + 1;
    depth.set(id, own);
    return own;
  };
  return new Map(nodes.map(({ id }) => [id, depthOf(homeOf(id))]));
}

/**
 * Moves ends to where they belong: what is minimised to the right, as far as the column there does not get higher than others
 * are, and free variables to their readers.
 */
function pull(
  nodes: readonly LayoutNode[],
  values: readonly Link[],
  weights: readonly Link[],
  depth: Depths,
  endsRight: boolean,
): void {
  const at = (id: string): number => depth.get(id) ?? 0;
  const isShared = (id: string): boolean =>
    weights.some(({ source, target }) => source === id || target === id);
  const isRead = (id: string): boolean => values.some(({ source }) => source === id);
  const isFed = (id: string): boolean => values.some(({ target }) => target === id);
  const isLoose = ({ id, end }: LayoutNode): boolean =>
    endsRight && end === 'right' && isFed(id) && !isRead(id) && !isShared(id);
  for (const home of new Set(nodes.map(({ group }) => group))) {
    const members = nodes.filter(({ group }) => group === home);
    const last = Math.max(...members.map(({ id }) => at(id)));
    const heightOf = (column: number): number =>
      members
        .filter(({ id }) => at(id) === column)
        .reduce((sum, { height }) => sum + height + APART, -APART);
    const highest = Math.max(HIGH, ...members.map(({ id }) => heightOf(at(id))));
    for (const node of members) {
      if (!isLoose(node) || at(node.id) === last) continue;
      if (heightOf(last) + APART + node.height <= highest) depth.set(node.id, last);
    }
  }
  for (const { id, end } of nodes) {
    if (isShared(id) || end === 'left' || isFed(id) || !isRead(id)) continue;
    const readers = values.filter(({ source }) => source === id).map(({ target }) => at(target));
    depth.set(id, Math.max(0, Math.min(...readers) - 1));
  }
}

function places(
  nodes: readonly LayoutNode[],
  values: readonly LayoutEdge[],
  depth: Depths,
): ReadonlyMap<string, number> {
  const count = Math.max(-1, ...depth.values()) + 1;
  const widths = new Array<number>(count).fill(0);
  const gaps = new Array<number>(count).fill(GAP);
  for (const { id, width } of nodes) {
    const column = depth.get(id) ?? 0;
    widths[column] = Math.max(widths[column] ?? 0, width);
  }
  for (const { source, room = 0 } of values) {
    const column = depth.get(source) ?? 0;
    gaps[column] = Math.min(WIDEST_GAP, Math.max(gaps[column] ?? GAP, room + 2 * BESIDE));
  }
  const lefts = widths.map((_, column) =>
    widths.slice(0, column).reduce((sum, width, i) => sum + width + (gaps[i] ?? GAP), 0),
  );
  return new Map(
    nodes.map(({ id, width }) => {
      const column = depth.get(id) ?? 0;
      return [id, (lefts[column] ?? 0) + ((widths[column] ?? width) - width) / 2];
    }),
  );
}
