import type { DocumentNode, ParameterValue } from '../../document/schema';
import { addNodeAt } from '../../editor/commands/addNode';
import { changeKindEdit, changeTo } from '../../editor/commands/changeKind';
import { combineEdits } from '../../editor/commands/combineEdits';
import { setLabel, setParameter } from '../../document/commands/nodeCommands';
import { documentPorts, kindTitle } from '../../editor/model/documentNode';
import { freshLabel, isKindTitle } from '../../editor/commands/nodeNames';
import { nodeGeometry } from '../../editor/model/nodeGeometry';
import { nodeOutline } from '../../editor/model/nodeOutline';
import { resolveParameters } from '../../editor/parameters/resolveParameters';
import type { EditorStore } from '../../editor/store/editorState';
import { selectionOf } from '../../editor/store/selection';
import { stemOf } from '../../tables/dataFile';

/** From the left end of the graph to a new node. */
const GAP = 120;

/** Names of the outputs of a node that something reads. */
export function readPorts({ getState }: EditorStore, nodeId: string): ReadonlySet<string> {
  const { edges } = getState().document;
  return new Set(
    edges.filter(({ source }) => source === nodeId).map(({ sourcePort }) => sourcePort),
  );
}

/** Nodes that own data can be put in place of. */
export function dataNodes({ getState, registry }: EditorStore): readonly DocumentNode[] {
  return getState().document.nodes.filter(({ kind }) => registry.get(kind)?.category === 'data');
}

/** Where data goes until somebody says otherwise: in place of the selected data node, or of the only one; else null. */
export function usualPlace(store: EditorStore): string | null {
  const nodes = dataNodes(store);
  const { selection } = store.getState();
  const selected = nodes.find(({ id }) => selection.nodes.has(id));
  return selected?.id ?? (nodes.length === 1 ? (nodes[0]?.id ?? null) : null);
}

/**
 * Lets a node have somebody's own data, as one step of undo: a new node at the left, or one that is there, which becomes
 * one of the kind and keeps its links as far as its ports have a fellow.
 */
export function placeData(
  store: EditorStore,
  kind: string,
  fileName: string,
  params: Readonly<Record<string, ParameterValue>>,
  nodeId: string | null,
): void {
  const definition = store.registry.get(kind);
  if (!definition) return;
  const { document } = store.getState();
  const node = document.nodes.find(({ id }) => id === nodeId);
  const label = stemOf(fileName) || definition.title;
  store.endGesture();
  if (!node) {
    const entry = { id: `own ${kind}`, title: label, definition, params };
    addNodeAt(store, entry, leftOf(store));
    return;
  }
  if (node.kind === kind) {
    const edits = Object.entries(params).map(([name, value]) => setParameter(node.id, name, value));
    store.edit(combineEdits('Choose a file', ...edits), selectionOf({ nodes: [node.id] }));
    return;
  }
  const own = store.registry.get(node.kind);
  const change = changeTo({ document, registry: store.registry }, node, definition, params);
  // A name that somebody gave stays.
  const isNamed = own !== undefined && !isKindTitle(node.label, kindTitle(own, node.params));
  const edit = changeKindEdit(store, node, change);
  const rename = isNamed ? null : setLabel(node.id, freshLabel(store, label));
  store.edit(combineEdits('Choose a file', edit, rename), selectionOf({ nodes: [node.id] }));
}

/** Beside the graph, where data stands. */
function leftOf({ getState, registry }: EditorStore): { x: number; y: number } {
  const boxes = getState().document.nodes.map((node) => {
    const definition = registry.get(node.kind);
    const outline = nodeOutline(
      definition,
      definition ? resolveParameters(definition, node.params) : {},
    );
    const { height } = nodeGeometry(outline, documentPorts(registry, node), node.size);
    return { x: node.position.x, y: node.position.y + height / 2 };
  });
  if (boxes.length === 0) return { x: 0, y: 0 };
  const y = boxes.reduce((sum, box) => sum + box.y, 0) / boxes.length;
  return { x: Math.min(...boxes.map(({ x }) => x)) - GAP, y };
}
