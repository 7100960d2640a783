import { fittingKindPort } from '../connection/candidates';
import { documentPorts } from '../model/documentNode';
import { nodeGeometry } from '../model/nodeGeometry';
import { nodeOutline } from '../model/nodeOutline';
import type { Views } from '../model/buildViews';
import { resolveParameters } from '../parameters/resolveParameters';
import type { BasinDocument } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import type { KindEntry } from '../search/kindEntries';
import type { EditorStore } from '../store/editorState';
import type { LooseEnd } from '../store/uiStore';
import { addNodeAt } from './addNode';
import { findRoom } from './findRoom';
import { drawnBoxes } from './membership';

/** Room for the shape on the edge. */
const GAP = 72;

/**
 * Adds a node that is connected to another: to the port at hand, else to the first that it fits, outputs before inputs that
 * nothing enters yet. It comes to the side that the port is for, where there is room. Null, and nothing is added, where
 * nothing fits.
 */
export function addBeside(
  store: EditorStore,
  views: Views,
  entry: KindEntry,
  nodeId: string,
  port: LooseEnd | null = null,
): string | null {
  const { registry } = store;
  const { document } = store.getState();
  const box = drawnBoxes(document, views).find(
    ({ id }) => id === (views.hidden.get(nodeId) ?? nodeId),
  );
  const from = (port === null ? openEnds(document, registry, nodeId) : [port]).find(
    (end) => fittingKindPort({ document, registry }, end, entry) !== null,
  );
  if (from === undefined || box === undefined) return null;
  const params = resolveParameters(entry.definition, entry.params);
  const size = nodeGeometry(nodeOutline(entry.definition, params), entry.definition.ports(params));
  const wanted = {
    x: from.direction === 'output' ? box.x + box.width + GAP : box.x - GAP - size.width,
    y: box.y + (box.height - size.height) / 2,
  };
  const place = findRoom(drawnBoxes(document, views), size, wanted);
  const centre = {
    x: place.x + size.shape.x + size.shape.width / 2,
    y: place.y + size.shape.y + size.shape.height / 2,
  };
  return addNodeAt(store, entry, centre, from);
}

function openEnds(document: BasinDocument, registry: Registry, nodeId: string): LooseEnd[] {
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return [];
  const { inputs, outputs } = documentPorts(registry, node);
  const isFree = (name: string): boolean =>
    !document.edges.some(({ target, targetPort }) => target === nodeId && targetPort === name);
  return [
    ...outputs.map(({ name }): LooseEnd => ({ nodeId, port: name, direction: 'output' })),
    ...inputs
      .filter(({ name, variadic }) => variadic === true || isFree(name))
      .map(({ name }): LooseEnd => ({ nodeId, port: name, direction: 'input' })),
  ];
}
