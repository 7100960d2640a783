import { group, newGroup, ungroup } from '../../document/commands/groupCommands';
import { applyLayout, moveNodes } from '../../document/commands/layoutCommands';
import { toggleBypass } from '../../document/commands/nodeCommands';
import type { BasinDocument, Position, Size } from '../../document/schema';
import type { LayoutEdge, LayoutNode, LayoutResult } from '../../../workers/protocol';
import type { Views } from '../model/buildViews';
import type { NodeView } from '../model/nodeView';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { frameAround } from './membership';

/** Nodes and edges in, positions out: `LayoutWorkerApi.layout`. */
export type Layout = (
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
) => Promise<LayoutResult>;

/** Moves what is selected; a group takes its nodes along. Holding an arrow key is one undo step. */
export function nudgeSelection(store: EditorStore, dx: number, dy: number): void {
  const { document, selection } = store.getState();
  const positions: Record<string, Position> = {};
  const move = ({ id, position }: { id: string; position: Position }): void => {
    positions[id] = { x: position.x + dx, y: position.y + dy };
  };
  for (const frame of document.groups) if (selection.groups.has(frame.id)) move(frame);
  for (const node of document.nodes) {
    const carried = node.group !== undefined && selection.groups.has(node.group);
    if (carried || selection.nodes.has(node.id)) move(node);
  }
  if (Object.keys(positions).length > 0) store.edit(moveNodes(positions, 'keys'));
}

export function groupSelection(store: EditorStore, views: Views): void {
  const { document, selection } = store.getState();
  const ids = [...selection.nodes];
  const places = Object.fromEntries(document.nodes.map(({ id, position }) => [id, position]));
  const frame = frameAround(ids, places, views);
  if (frame === null) return;
  const label = `Group ${document.groups.length + 1}`;
  const created = newGroup(document, label, frame.position, frame.size);
  store.edit(group(created, ids), selectionOf({ groups: [created.id] }));
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

export function bypassSelection(store: EditorStore): void {
  const ids = [...store.getState().selection.nodes];
  if (ids.length > 0) store.edit(toggleBypass(ids));
}

export function selectAll(store: EditorStore): void {
  const { nodes, edges, groups } = store.getState().document;
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
  store.select(selectionOf({ nodes: ids(nodes), edges: ids(edges), groups: ids(groups) }));
}

/** Lays the whole graph out and draws the frames anew around their nodes, as one undo step. */
export async function autoLayout(store: EditorStore, views: Views, layout: Layout): Promise<void> {
  const { document } = store.getState();
  const { positions } = await layout(layoutNodes(document, views), layoutEdges(document));
  // The user went on working meanwhile: positions of a graph that is no more would tear it apart.
  if (store.getState().document !== document) return;
  const places: Record<string, Position> = { ...positions };
  const sizes: Record<string, Size> = {};
  for (const { id } of document.groups) {
    const members = document.nodes.filter((node) => node.group === id).map((node) => node.id);
    const frame = frameAround(members, positions, views);
    if (frame === null) continue;
    places[id] = frame.position;
    sizes[id] = frame.size;
  }
  store.edit(applyLayout(places, sizes));
}

function layoutNodes({ nodes }: BasinDocument, views: Views): LayoutNode[] {
  return nodes.flatMap((node) => {
    const view = views.nodes.get(node.id);
    if (view === undefined) return [];
    const { width, height } = view.geometry;
    return [
      {
        id: node.id,
        width,
        height,
        ...(node.group === undefined ? {} : { group: node.group }),
        inputs: portNames(view, 'left', 'top'),
        outputs: portNames(view, 'right', 'bottom'),
      },
    ];
  });
}

function portNames(view: NodeView, ...sides: readonly string[]): string[] {
  return view.ports.filter(({ side }) => sides.includes(side)).map(({ name }) => name);
}

function layoutEdges({ edges }: BasinDocument): LayoutEdge[] {
  return edges.map(({ id, source, sourcePort, target, targetPort }) => ({
    id,
    source,
    sourcePort,
    target,
    targetPort,
  }));
}
