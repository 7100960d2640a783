import type { BasinDocument, DocumentNode } from '../../document/schema';
import { splitEdge } from '../../document/commands/edgeCommands';
import type { Edit } from '../../document/commands/edit';
import { addNode } from '../../document/commands/nodeCommands';
import { freshId } from '../../document/freshId';
import type { Ports, PortType } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { combineEdits } from '../commands/combineEdits';
import { documentPorts } from '../model/documentNode';
import type { EditorStore } from '../store/editorState';
import { isNewPortFault } from './canConnect';

/** The input by which a node would take a link in, and the output that would hand it on. */
export interface Passage {
  readonly input: string;
  readonly output: string;
}

/** How a node would go between the ends of an edge of this type; null where it has no such ports. */
export function passage({ inputs, outputs }: Ports, type: PortType): Passage | null {
  const input = inputs.find((port) => port.type === type);
  const output = outputs.find((port) => port.type === type);
  return input && output ? { input: input.name, output: output.name } : null;
}

/** The type of what an edge carries; null where its source has no such port. */
export function edgeType(
  document: BasinDocument,
  registry: Registry,
  edgeId: string,
): PortType | null {
  const edge = document.edges.find(({ id }) => id === edgeId);
  const source = edge && document.nodes.find(({ id }) => id === edge.source);
  if (!source) return null;
  const { outputs } = documentPorts(registry, source);
  return outputs.find(({ name }) => name === edge.sourcePort)?.type ?? null;
}

/** Whether nothing is connected to a node: only then can it go onto an edge without losing a link. */
export function isLoose({ edges }: BasinDocument, nodeId: string): boolean {
  return !edges.some(({ source, target }) => source === nodeId || target === nodeId);
}

/**
 * The edit that puts a node, which is or comes into the document, between the ends of an edge; null where its ports do not
 * fit. `bendsBefore`: how many bends of the edge stay before it.
 */
export function insertionEdit(
  { document, registry }: { readonly document: BasinDocument; readonly registry: Registry },
  edgeId: string,
  node: DocumentNode,
  bendsBefore = 0,
): Edit | null {
  const type = edgeType(document, registry, edgeId);
  const way = type && passage(documentPorts(registry, node), type);
  if (!way || !isLoose(document, node.id)) return null;
  // Both are new: the node's id must not be the edge's.
  const taken = { ...document, nodes: [...document.nodes, node] };
  const cut = { nodeId: node.id, ...way, edgeId: freshId(taken, 'edge'), bendsBefore };
  return splitEdge(edgeId, cut);
}

/** Whether a node can go onto an edge: its ports fit, and it can work with the shape that it would get. */
export function fitsOnEdge(store: EditorStore, edgeId: string, node: DocumentNode): boolean {
  const { document } = store.getState();
  const { registry } = store;
  const edit = insertionEdit({ document, registry }, edgeId, node);
  if (edit === null) return false;
  const isThere = document.nodes.some(({ id }) => id === node.id);
  const before = store.settle();
  const after = store.preview(combineEdits('Insert', isThere ? null : addNode(node), edit));
  return !after.diagnostics.some(isNewPortFault(before, node.id));
}
