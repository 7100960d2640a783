import { freshId } from '../freshId';
import type { BasinDocument, DocumentEdge } from '../schema';
import type { Edit } from './edit';
import { itemIndex } from './itemIndex';

/** From an output port of one node to an input port of another. */
export type EdgeEnds = Omit<DocumentEdge, 'id' | 'bends'>;

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

/**
 * Leads an edge elsewhere. It keeps its id, its bends and its turn among the edges into one input. Nothing happens where
 * another edge connects the two ports already, or when a node is gone.
 */
export function reconnect(
  edgeId: string,
  ends: EdgeEnds,
  { replace = false }: ConnectOptions = {},
): Edit {
  return {
    label: 'Move link',
    recipe: (draft) => {
      const ids = new Set(draft.nodes.map(({ id }) => id));
      const edge = draft.edges[itemIndex(draft.edges, edgeId)];
      if (!edge || !ids.has(ends.source) || !ids.has(ends.target)) return;
      const moved = { ...edge, ...ends };
      const isTwin = (other: DocumentEdge): boolean =>
        entersSameInput(other, moved) && leavesSameOutput(other, moved);
      if (draft.edges.some(isTwin)) return;
      Object.assign(edge, ends);
      if (!replace) return;
      draft.edges = draft.edges.filter(
        (other) => other.id === edgeId || !entersSameInput(other, moved),
      );
    },
  };
}

/** Where an edge is cut for a node between its ends. */
export interface Cut {
  readonly nodeId: string;
  readonly input: string;
  readonly output: string;
  /** Of the edge that leads to the node; the other half keeps the id of the whole. */
  readonly edgeId: string;
  /** How many bends stay before the node. */
  readonly bendsBefore: number;
}

/** Puts a node between the ends of an edge. Of several edges into one input the place in their order is kept. */
export function splitEdge(edgeId: string, cut: Cut): Edit {
  return {
    label: 'Insert on edge',
    recipe: (draft) => {
      const edge = draft.edges[itemIndex(draft.edges, edgeId)];
      if (!edge || !draft.nodes.some(({ id }) => id === cut.nodeId)) return;
      const { source, sourcePort, bends = [] } = edge;
      const before = bends.slice(0, cut.bendsBefore);
      const after = bends.slice(cut.bendsBefore);
      Object.assign(edge, { source: cut.nodeId, sourcePort: cut.output });
      if (after.length > 0) edge.bends = after;
      else delete edge.bends;
      draft.edges.push({
        id: cut.edgeId,
        source,
        sourcePort,
        target: cut.nodeId,
        targetPort: cut.input,
        ...(before.length > 0 && { bends: before }),
      });
    },
  };
}

function entersSameInput(a: DocumentEdge, b: DocumentEdge): boolean {
  return a.target === b.target && a.targetPort === b.targetPort;
}

function leavesSameOutput(a: DocumentEdge, b: DocumentEdge): boolean {
  return a.source === b.source && a.sourcePort === b.sourcePort;
}
