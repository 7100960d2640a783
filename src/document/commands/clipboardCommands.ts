import { createIdSource, documentIds } from '../freshId';
import { selectFragment, type Fragment } from '../fragment';
import { withinCanvas } from '../withinCanvas';
import type { BasinDocument, DocumentNode, Position } from '../schema';
import type { Edit } from './edit';

/** A paste, with the ids that its nodes and groups get, for selecting them afterwards. */
export interface PasteEdit extends Edit {
  readonly nodeIds: readonly string[];
  readonly groupIds: readonly string[];
}

const DUPLICATE_OFFSET = 40;

/**
 * Adds a fragment with fresh ids. The top left corner of everything in it comes to `position`.
 * For the document that it is made with: apply it before any other edit.
 */
export function paste(
  document: BasinDocument,
  fragment: Fragment,
  position: Position,
  label = 'Paste',
): PasteEdit {
  const taken = new Set(documentIds(document));
  const freshId = createIdSource(taken);
  const items = [...fragment.groups, ...fragment.nodes];
  const idOf = new Map(items.map(({ id }) => [id, freshId(originalId(id, taken))]));
  const corner = topLeft(fragment);
  const renamed = <Item extends { id: string; position: Position }>(item: Item): Item => ({
    ...item,
    id: renamedId(item.id),
    position: {
      x: withinCanvas(item.position.x - corner.x + position.x),
      y: withinCanvas(item.position.y - corner.y + position.y),
    },
  });
  const renamedId = (id: string): string => idOf.get(id) ?? id;

  const groups = fragment.groups.map(renamed);
  const nodes = fragment.nodes.map((node): DocumentNode => {
    const copy = renamed(node);
    if (copy.group !== undefined) copy.group = renamedId(copy.group);
    return copy;
  });
  const edges = fragment.edges.map((edge) => ({
    ...edge,
    id: freshId('edge'),
    source: renamedId(edge.source),
    target: renamedId(edge.target),
  }));
  return {
    label,
    nodeIds: nodes.map(({ id }) => id),
    groupIds: groups.map(({ id }) => id),
    recipe: (draft) => {
      draft.nodes.push(...nodes);
      draft.edges.push(...edges);
      draft.groups.push(...groups);
    },
  };
}

/** A copy beside the original, of the nodes and groups with these ids and the edges among them. */
export function duplicate(document: BasinDocument, ids: readonly string[]): PasteEdit {
  const fragment = selectFragment(document, ids);
  const corner = topLeft(fragment);
  const position = { x: corner.x + DUPLICATE_OFFSET, y: corner.y + DUPLICATE_OFFSET };
  return paste(document, fragment, position, 'Duplicate');
}

/** `encoder2` is a copy of `encoder`, if there is one: its copy is `encoder3` then, not `encoder2-2`. */
function originalId(id: string, taken: ReadonlySet<string>): string {
  const original = id.replace(/-?[0-9]+$/, '');
  return taken.has(original) ? original : id;
}

function topLeft({ nodes, groups }: Fragment): Position {
  const positions = [...nodes, ...groups].map(({ position }) => position);
  if (positions.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.min(...positions.map(({ x }) => x)),
    y: Math.min(...positions.map(({ y }) => y)),
  };
}
