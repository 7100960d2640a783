import { freshId } from '../freshId';
import type { BasinDocument, DocumentEdge } from '../schema';
import type { Edit } from './edit';

/** From an output port of one node to an input port of another. */
export type EdgeEnds = Omit<DocumentEdge, 'id'>;

export interface ConnectOptions {
  /** Takes the place of whatever enters the input now. For inputs that are not variadic. */
  readonly replace?: boolean;
}

/** An edge with a fresh id; add it with `connect`. */
export function newEdge(document: BasinDocument, ends: EdgeEnds): DocumentEdge {
  return { id: freshId(document, 'edge'), ...ends };
}

/** Adds an edge. Nothing happens when the same two ports are connected already, or when a node is gone. */
export function connect(edge: DocumentEdge, { replace = false }: ConnectOptions = {}): Edit {
  return {
    label: 'Connect',
    recipe: (draft) => {
      const ids = new Set(draft.nodes.map(({ id }) => id));
      if (!ids.has(edge.source) || !ids.has(edge.target)) return;
      if (
        draft.edges.some((other) => entersSameInput(other, edge) && leavesSameOutput(other, edge))
      )
        return;
      if (replace) draft.edges = draft.edges.filter((other) => !entersSameInput(other, edge));
      draft.edges.push(edge);
    },
  };
}

export function disconnect(edgeIds: readonly string[]): Edit {
  const removed = new Set(edgeIds);
  return {
    label: 'Disconnect',
    recipe: (draft) => {
      if (!draft.edges.some(({ id }) => removed.has(id))) return;
      draft.edges = draft.edges.filter(({ id }) => !removed.has(id));
    },
  };
}

function entersSameInput(a: DocumentEdge, b: DocumentEdge): boolean {
  return a.target === b.target && a.targetPort === b.targetPort;
}

function leavesSameOutput(a: DocumentEdge, b: DocumentEdge): boolean {
  return a.source === b.source && a.sourcePort === b.sourcePort;
}
