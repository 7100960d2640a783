import { sameJson } from '../canonical';
import { DOCUMENT_LIMITS, type DocumentEdge, type Position } from '../schema';
import { withinCanvas } from '../withinCanvas';
import type { Edit } from './edit';
import { itemIndex } from './itemIndex';

/** Other bends for an edge; without any it is drawn straight on. */
export function setBends(edgeId: string, bends: readonly Position[], label: string): Edit {
  const kept = bends
    .slice(0, DOCUMENT_LIMITS.bends)
    .map(({ x, y }) => ({ x: withinCanvas(x), y: withinCanvas(y) }));
  return {
    label,
    recipe: (draft) => {
      const edge = draft.edges[itemIndex(draft.edges, edgeId)];
      if (!edge || sameJson(edge.bends ?? [], kept)) return;
      if (kept.length > 0) edge.bends = kept;
      else delete edge.bends;
    },
  };
}

/** How far both ends of an edge went; undefined where they went apart, or stayed. */
export function commonShift(
  { source, target }: Pick<DocumentEdge, 'source' | 'target'>,
  shifts: ReadonlyMap<string, Position>,
): Position | undefined {
  const [from, to] = [shifts.get(source), shifts.get(target)];
  return from && to && from.x === to.x && from.y === to.y ? from : undefined;
}

export function shiftBends(bends: readonly Position[], { x, y }: Position): Position[] {
  return bends.map((bend) => ({ x: withinCanvas(bend.x + x), y: withinCanvas(bend.y + y) }));
}
