import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { moveNodes } from '../../../document/commands/layoutCommands';
import type { Edit } from '../../../document/commands/edit';
import type { BasinDocument, Position } from '../../../document/schema';
import { placeOnEdge } from '../../commands/bendEdge';
import { duplicateSelection } from '../../commands/clipboard';
import { combineEdits } from '../../commands/combineEdits';
import { carriedBy, regroupMoved } from '../../commands/membership';
import { insertionEdit } from '../../connection/insertion';
import type { Views } from '../../model/buildViews';
import type { EditorStore } from '../../store/editorState';
import { selectionOf } from '../../store/selection';
import { useEditor, useEditorStore } from '../../store/useEditor';
import { useUi, useUiStore } from '../../store/uiStore';
import { useViews } from '../../store/ViewsContext';
import { FlowBuilder } from './flowNodes';
import type { FlowEdge, FlowNode } from './flowTypes';

const AT_REST: ReadonlyMap<string, Position> = new Map();

/**
 * The document as the canvas library's nodes and edges, and its changes back. A drag lives here until it ends, so
 * that the document, its history and everything that listens to them rest meanwhile. With Alt it leaves a copy where it
 * ends, and the original where it was.
 */
export function useFlowNodes() {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const selection = useEditor((state) => state.selection);
  const views = useViews();
  const linking = useUi((state) => state.linking);
  const ui = useUiStore();
  const [places, setPlaces] = useState(AT_REST);
  const current = useRef(AT_REST);
  const [builder] = useState(() => new FlowBuilder());

  const nodes = useMemo(
    () => builder.nodes(document, views, selection, places, linking),
    [builder, document, views, selection, places, linking],
  );
  // Most graphs have no bends: then a drag is none of the edges' business.
  const isBent = useMemo(() => document.edges.some(({ bends }) => bends), [document]);
  const dragged = isBent ? places : AT_REST;
  const edges = useMemo(
    () => builder.flowEdges(document, views, selection, shiftsOf(dragged, document)),
    [builder, document, views, selection, dragged],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moved = new Map(current.current);
      const state = store.getState();
      const groups = new Map(state.document.groups.map((group) => [group.id, group]));
      for (const change of changes) {
        if (change.type !== 'position' || change.position === undefined) continue;
        const group = groups.get(change.id);
        if (group !== undefined) {
          const before = moved.get(change.id) ?? group.position;
          const dx = change.position.x - before.x;
          const dy = change.position.y - before.y;
          for (const item of carriedBy(group.id, state.document, state.selection, views)) {
            const at = moved.get(item.id) ?? item.position;
            moved.set(item.id, { x: at.x + dx, y: at.y + dy });
          }
        }
        moved.set(change.id, change.position);
      }
      if (changes.some(({ type }) => type === 'position')) {
        current.current = moved;
        setPlaces(moved);
      }
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const chosen = new Set([...state.selection.nodes, ...state.selection.groups]);
      for (const { id, selected } of selects) {
        if (selected) chosen.add(id);
        else chosen.delete(id);
      }
      store.select({
        nodes: new Set([...chosen].filter((id) => !groups.has(id))),
        groups: new Set([...chosen].filter((id) => groups.has(id))),
        edges: state.selection.edges,
      });
    },
    [store, views],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const { selection: old } = store.getState();
      const chosen = new Set(old.edges);
      for (const { id, selected } of selects) {
        if (selected) chosen.add(id);
        else chosen.delete(id);
      }
      store.select({ ...old, edges: selectionOf({ edges: chosen }).edges });
    },
    [store],
  );

  const onDragStop = useCallback(
    (event: MouseEvent | TouchEvent | React.MouseEvent) => {
      const moved = Object.fromEntries(current.current);
      current.current = AT_REST;
      setPlaces(AT_REST);
      const { insertOn } = ui.getState();
      // Every edge looks when anything is told.
      if (insertOn !== null) ui.setState({ insertOn: null });
      if (Object.keys(moved).length === 0) return;
      const { document: before } = store.getState();
      if (event.altKey) duplicateSelection(store, views, offsetOf(moved, before));
      else {
        const put = insertOn === null ? null : putOnEdge(store, views, moved, insertOn);
        const regroup = regroupMoved(before, moved, views);
        store.edit(combineEdits(put?.label ?? 'Move', moveNodes(moved), ...regroup, put));
      }
      store.endGesture();
    },
    [store, ui, views],
  );

  return { nodes, edges, onNodesChange, onEdgesChange, onDragStop };
}

/** The edit that puts the one node that was dragged between the ends of an edge. */
function putOnEdge(
  store: EditorStore,
  views: Views,
  moved: Readonly<Record<string, Position>>,
  edgeId: string,
): Edit | null {
  const { document } = store.getState();
  const node = document.nodes.find(({ id }) => moved[id] !== undefined);
  const at = node && moved[node.id];
  const geometry = node && views.nodes.get(node.id)?.geometry;
  if (!at || !geometry) return null;
  const centre = { x: at.x + geometry.width / 2, y: at.y + geometry.height / 2 };
  const { bendsBefore } = placeOnEdge(store, views, edgeId, centre);
  return insertionEdit({ document, registry: store.registry }, edgeId, node, bendsBefore);
}

/** How far each item has been dragged. */
function shiftsOf(
  places: ReadonlyMap<string, Position>,
  { nodes }: BasinDocument,
): ReadonlyMap<string, Position> {
  if (places.size === 0) return places;
  return new Map(
    nodes.flatMap(({ id, position }) => {
      const place = places.get(id);
      return place ? [[id, { x: place.x - position.x, y: place.y - position.y }]] : [];
    }),
  );
}

/** How far a drag went: all that moved went as far. */
function offsetOf(
  moved: Readonly<Record<string, Position>>,
  { nodes, groups }: BasinDocument,
): Position {
  const first = [...nodes, ...groups].find(({ id }) => moved[id] !== undefined);
  const to = first && moved[first.id];
  return to ? { x: to.x - first.position.x, y: to.y - first.position.y } : { x: 0, y: 0 };
}
