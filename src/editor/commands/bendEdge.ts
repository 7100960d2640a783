import { Position as Side } from '@xyflow/react';
import { setBends } from '../../document/commands/bends';
import type { Position } from '../../document/schema';
import { bendIndexAt, edgePath } from '../canvas/edge/edgePath';
import type { Views } from '../model/buildViews';
import { edgeEnds } from '../model/edgeEnds';
import type { EditorStore } from '../store/editorState';
import { snap, type EdgePlace } from './addNode';
import { combineEdits } from './combineEdits';

/** Why an edge into a box stays as it is. */
export const NOT_BENT = 'An edge into a collapsed group cannot be bent.';

/** The place of an edge that is nearest to a point of the canvas, between its bends. */
export function placeOnEdge(
  { getState }: EditorStore,
  views: Views,
  edgeId: string,
  at: Position,
): EdgePlace {
  const ends = edgeEnds(getState().document, views, edgeId);
  const bends = views.edges.get(edgeId)?.bends ?? [];
  return { edgeId, bendsBefore: ends ? bendIndexAt([ends[0], ...bends, ends[1]], at) : 0 };
}

/**
 * Bends an edge at a place, or in its middle; one undo step. Returns whether it was: an edge into a collapsed group is
 * drawn to the box, and has nothing to go around.
 */
export function bendEdge(
  store: EditorStore,
  views: Views,
  edgeId: string,
  place?: Position,
): boolean {
  const ends = edgeEnds(store.getState().document, views, edgeId);
  const bends = views.edges.get(edgeId)?.bends ?? [];
  if (!ends) return false;
  const at = place ?? middle(ends, bends);
  const { bendsBefore } = placeOnEdge(store, views, edgeId, at);
  const bend = { x: snap(at.x), y: snap(at.y) };
  return store.edit(setBends(edgeId, bends.toSpliced(bendsBefore, 0, bend), 'Bend edge'));
}

/** Moves one of the bends of an edge. */
export function moveBend(
  store: EditorStore,
  edgeId: string,
  index: number,
  { x, y }: Position,
): void {
  const bends = bendsOf(store, edgeId);
  store.edit(setBends(edgeId, bends.with(index, { x: snap(x), y: snap(y) }), 'Move bend'));
}

export function removeBend(store: EditorStore, edgeId: string, index: number): void {
  store.edit(setBends(edgeId, bendsOf(store, edgeId).toSpliced(index, 1), 'Remove bend'));
}

/** Takes all bends from edges. */
export function straightenEdges(store: EditorStore, edgeIds: readonly string[]): void {
  const edits = edgeIds.map((id) => setBends(id, [], 'Straighten edge'));
  store.edit(combineEdits('Straighten edge', ...edits));
}

function bendsOf({ getState }: EditorStore, edgeId: string): readonly Position[] {
  return getState().document.edges.find(({ id }) => id === edgeId)?.bends ?? [];
}

/** Where the label of the edge would be. */
function middle(
  [source, target]: readonly [Position, Position],
  bends: readonly Position[],
): Position {
  const [, x, y] = edgePath(
    {
      sourceX: source.x,
      sourceY: source.y,
      sourcePosition: Side.Right,
      targetX: target.x,
      targetY: target.y,
      targetPosition: Side.Left,
    },
    bends,
  );
  return { x, y };
}
