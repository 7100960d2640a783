import { setBends, shiftBends } from '../../document/commands/bends';
import { group, newGroup, ungroup } from '../../document/commands/groupCommands';
import { applyLayout, moveNodes } from '../../document/commands/layoutCommands';
import { toggleBypass } from '../../document/commands/nodeCommands';
import type { Category } from '../../graph/nodeDefinition';
import { enclosingGroups, groupsWithin, nodesWithin } from '../../document/groupTree';
import type { BasinDocument, DocumentGroup, Position, Size } from '../../document/schema';
import type {
  LayoutEdge,
  LayoutNode,
  LayoutPort,
  LayoutWorkerApi,
} from '../../../workers/protocol';
import { boxGeometry } from '../model/boxGeometry';
import { drawnAs, type Views } from '../model/buildViews';
import { SHAPE_LETTER } from '../model/wires';
import type { NodeView } from '../model/nodeView';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { innerHandle } from '../model/boxHandle';
import { combineEdits } from './combineEdits';
import { frameAround, openFrames } from './membership';

const ENERGIES: ReadonlySet<Category> = new Set(['energy', 'reg', 'loss', 'probe']);

/** Nodes and edges in, positions out: `LayoutWorkerApi.layout`. */
export type Layout = LayoutWorkerApi['layout'];

/**
 * Moves what is selected; a group takes along what is in it. Where only edges are, it moves their bends. Holding an arrow
 * key is one undo step.
 */
export function nudgeSelection(store: EditorStore, dx: number, dy: number): void {
  const { document, selection } = store.getState();
  const bent = document.edges.filter(({ id, bends }) => selection.edges.has(id) && bends);
  if (selection.nodes.size + selection.groups.size === 0 && bent.length > 0) {
    const edits = bent.map(({ id, bends = [] }) =>
      setBends(id, shiftBends(bends, { x: dx, y: dy }), 'Move bends'),
    );
    const mergeKey = `bends keys ${bent.map(({ id }) => id).join(' ')}`;
    store.edit({ ...combineEdits('Move bends', ...edits), mergeKey });
    return;
  }
  const groups = new Set(groupsWithin(document, selection.groups));
  const nodes = new Set([...selection.nodes, ...nodesWithin(document, selection.groups)]);
  const moved = [
    ...document.groups.filter(({ id }) => groups.has(id)),
    ...document.nodes.filter(({ id }) => nodes.has(id)),
  ];
  const positions = Object.fromEntries(
    moved.map(({ id, position }) => [id, { x: position.x + dx, y: position.y + dy }]),
  );
  if (moved.length > 0) store.edit(moveNodes(positions, 'keys'));
}

/** A group around what is selected, within the group that all of it is in. */
export function groupSelection(store: EditorStore, views: Views): void {
  const { document, selection } = store.getState();
  const taken = new Set([...selection.groups, ...nodesWithin(document, selection.groups)]);
  const nodes = document.nodes.filter(({ id }) => selection.nodes.has(id) && !taken.has(id));
  // Of groups within each other the outer ones: they take the inner ones along.
  const groups = document.groups.filter(
    ({ id, group: home }) =>
      selection.groups.has(id) &&
      !enclosingGroups(document, home).some((around) => selection.groups.has(around)),
  );
  const items = [...nodes, ...groups];
  const places = Object.fromEntries(items.map(({ id, position }) => [id, position]));
  const sizes = Object.fromEntries(groups.map(({ id, size }) => [id, size]));
  const frame = frameAround(Object.keys(places), places, views, sizes);
  if (frame === null) return;
  const label = `Group ${document.groups.length + 1}`;
  const created = newGroup(document, label, frame.position, frame.size);
  const homes = new Set(items.map((item) => item.group));
  const [home] = homes;
  if (homes.size === 1 && home !== undefined) created.group = home;
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  store.edit(group(created, ids(nodes), ids(groups)), selectionOf({ groups: [created.id] }));
}

/** Dissolves the selected groups, or those that the selected nodes are in. */
export function ungroupSelection(store: EditorStore): void {
  const { document, selection } = store.getState();
  const ids = new Set(selection.groups);
  for (const { id, group: home } of document.nodes) {
    if (home !== undefined && selection.nodes.has(id)) ids.add(home);
  }
  if (ids.size > 0) store.edit(ungroup([...ids]));
}

/** Bypasses what is selected, with all that is in selected groups. */
export function bypassSelection(store: EditorStore): void {
  const { document, selection } = store.getState();
  const ids = new Set([...selection.nodes, ...nodesWithin(document, selection.groups)]);
  if (ids.size > 0) store.edit(toggleBypass([...ids]));
}

export function selectAll(store: EditorStore): void {
  const { nodes, edges, groups } = store.getState().document;
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
  store.select(selectionOf({ nodes: ids(nodes), edges: ids(edges), groups: ids(groups) }));
}

/**
 * Lays out what is drawn and draws the frames anew around what is in them, as one undo step. A collapsed group is one box,
 * and what is in it goes where it goes. With `chosen`, nodes and groups, these alone are laid out, about where they are.
 */
export async function autoLayout(
  store: EditorStore,
  views: Views,
  layout: Layout,
  chosen: ReadonlySet<string> | null = null,
): Promise<void> {
  const { document } = store.getState();
  const isChosen = ({ id, group: home }: Pick<LayoutNode, 'id' | 'group'>): boolean =>
    chosen === null || [id, ...enclosingGroups(document, home)].some((one) => chosen.has(one));
  const nodes = layoutNodes(document, views).filter(isChosen);
  const ids = new Set(nodes.map(({ id }) => id));
  const open = openFrames(document, views);
  const parents = Object.fromEntries(
    open.flatMap(({ id, group: home }) => (home === undefined ? [] : [[id, home] as const])),
  );
  const { positions } = await layout(
    nodes,
    layoutEdges(document, views).filter(({ source, target }) => ids.has(source) && ids.has(target)),
    parents,
  );
  // The user went on working meanwhile: positions of a graph that is no more would tear it apart.
  if (store.getState().document !== document) return;
  const rest = Object.fromEntries(
    [...document.nodes, ...document.groups].map(({ id, position }) => [id, position]),
  );
  const places = chosen === null ? { ...positions } : moved(positions, rest);
  for (const box of views.boxes.keys()) carryInside(box, document, places);
  const sizes: Record<string, Size> = {};
  // Inner frames first: the outer ones are drawn around them.
  const depth = ({ id }: DocumentGroup): number => enclosingGroups(document, id).length;
  for (const { id } of open.toSorted((a, b) => depth(b) - depth(a))) {
    const members = [...document.nodes, ...document.groups]
      .filter((item) => item.group === id)
      .map((item) => item.id);
    if (!members.some((member) => Object.hasOwn(places, member))) continue;
    const frame = frameAround(members, { ...rest, ...places }, views, sizesOf(open, sizes));
    if (frame === null) continue;
    places[id] = frame.position;
    sizes[id] = frame.size;
  }
  // A wire that was led around something leads around nothing now.
  const straight = document.edges
    .filter(
      ({ bends = [], source, target }) =>
        bends.length > 0 && [source, target].every((end) => Object.hasOwn(places, end)),
    )
    .map(({ id }) => setBends(id, [], 'Lay out'));
  const laid = applyLayout(places, sizes);
  store.edit(combineEdits(laid.label, laid, ...straight));
}

/** Sizes of frames: as they are drawn anew, else as they are. */
function sizesOf(
  open: readonly DocumentGroup[],
  sizes: Readonly<Record<string, Size>>,
): Record<string, Size> {
  return { ...Object.fromEntries(open.map(({ id, size }) => [id, size])), ...sizes };
}

/** The same arrangement with its upper left corner where that of these things was. */
function moved(
  positions: Readonly<Record<string, Position>>,
  before: Readonly<Record<string, Position>>,
): Record<string, Position> {
  const ids = Object.keys(positions);
  const corner = (places: Readonly<Record<string, Position>>, axis: 'x' | 'y'): number =>
    Math.min(...ids.flatMap((id) => places[id]?.[axis] ?? []));
  const dx = corner(before, 'x') - corner(positions, 'x');
  const dy = corner(before, 'y') - corner(positions, 'y');
  return Object.fromEntries(
    Object.entries(positions).map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]),
  );
}

/** What is in a box keeps its place in it. */
function carryInside(
  boxId: string,
  document: BasinDocument,
  places: Record<string, Position>,
): void {
  const before = document.groups.find(({ id }) => id === boxId)?.position;
  const after = places[boxId];
  if (!before || !after) return;
  const ids = new Set([...groupsWithin(document, [boxId]), ...nodesWithin(document, [boxId])]);
  for (const { id, position } of [...document.groups, ...document.nodes]) {
    if (!ids.has(id) || id === boxId) continue;
    places[id] = { x: position.x + after.x - before.x, y: position.y + after.y - before.y };
  }
}

function layoutNodes({ nodes, groups }: BasinDocument, views: Views): LayoutNode[] {
  const home = (group: string | undefined) => (group === undefined ? {} : { group });
  const drawn = nodes.flatMap((node): LayoutNode[] => {
    const view = views.nodes.get(node.id);
    if (view === undefined || views.hidden.has(node.id)) return [];
    const { width, height } = view.geometry;
    return [
      {
        id: node.id,
        width,
        height,
        ...home(node.group),
        ...endOf(view.category),
        ...(view.outline === 'narrowing' && { encodes: true }),
        inputs: portsOf(view, 'input'),
        outputs: portsOf(view, 'output'),
      },
    ];
  });
  const boxes = groups.flatMap(({ id, group }): LayoutNode[] => {
    const box = views.boxes.get(id);
    if (box === undefined) return [];
    const { width, height, ports } = boxGeometry(box);
    const placed = (direction: 'input' | 'output'): LayoutPort[] =>
      ports
        .filter(({ port }) => port.direction === direction)
        .map(({ nodeId, port, place }) => ({ name: innerHandle(nodeId, port.name), ...place }));
    return [
      { id, width, height, ...home(group), inputs: placed('input'), outputs: placed('output') },
    ];
  });
  return [...drawn, ...boxes];
}

/** Data stands at the left; terms of the objective and what reads values for people at the right. */
function endOf(category: Category): Pick<LayoutNode, 'end'> {
  if (category === 'data') return { end: 'left' };
  return ENERGIES.has(category) ? { end: 'right' } : {};
}

function portsOf(view: NodeView, wanted: 'input' | 'output'): LayoutPort[] {
  return view.ports
    .filter(({ direction }) => direction === wanted)
    .map(({ name, side, x, y }) => ({ name, side, x, y }));
}

function layoutEdges({ edges }: BasinDocument, views: Views): LayoutEdge[] {
  const end = (nodeId: string, port: string): [string, string] => {
    const item = drawnAs(views, nodeId);
    return item === nodeId ? [nodeId, port] : [item, innerHandle(nodeId, port)];
  };
  return edges.flatMap(({ id, ...edge }) => {
    const [source, sourcePort] = end(edge.source, edge.sourcePort);
    const [target, targetPort] = end(edge.target, edge.targetPort);
    // Within one box there is nothing to lay out.
    if (source === target) return [];
    const shape = views.edges.get(id)?.shape ?? '';
    return [{ id, source, sourcePort, target, targetPort, room: shape.length * SHAPE_LETTER }];
  });
}
