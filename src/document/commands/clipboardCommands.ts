import { createIdSource, documentIds } from '../freshId';
import { selectFragment, type Fragment } from '../fragment';
import { withinCanvas } from '../withinCanvas';
import { DOCUMENT_LIMITS, type BasinDocument, type DocumentNode, type Position } from '../schema';
import { shiftBends } from './bends';
import type { Edit } from './edit';

/** A paste, with the ids that its nodes and groups get, for selecting them afterwards, and the nodes as they come. */
export interface PasteEdit extends Edit {
  readonly nodes: readonly DocumentNode[];
  readonly nodeIds: readonly string[];
  readonly groupIds: readonly string[];
}

/** Far enough from each other to see that there are two. */
export const DUPLICATE_OFFSET = 40;

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
  const shift = { x: position.x - corner.x, y: position.y - corner.y };
  const renamed = <Item extends Placed>(item: Item): Item => ({
    ...item,
    id: renamedId(item.id),
    ...(item.group === undefined ? {} : { group: renamedId(item.group) }),
    position: {
      x: withinCanvas(item.position.x + shift.x),
      y: withinCanvas(item.position.y + shift.y),
    },
  });
  const renamedId = (id: string): string => idOf.get(id) ?? id;

  const relabel = labelSource(document.nodes);
  const groups = fragment.groups.map(renamed);
  const nodes = fragment.nodes.map((node): DocumentNode => ({
    ...renamed(node),
    label: relabel(node.label),
  }));
  const edges = fragment.edges.map((edge) => ({
    ...edge,
    id: freshId('edge'),
    source: renamedId(edge.source),
    target: renamedId(edge.target),
    ...(edge.bends && { bends: shiftBends(edge.bends, shift) }),
  }));
  return {
    label,
    nodes,
    nodeIds: nodes.map(({ id }) => id),
    groupIds: groups.map(({ id }) => id),
    recipe: (draft) => {
      draft.nodes.push(...nodes);
      draft.edges.push(...edges);
      draft.groups.push(...groups);
    },
  };
}

interface Placed {
  id: string;
  position: Position;
  group?: string | undefined;
}

/**
 * A copy of the nodes and groups with these ids and the edges among them: at `position`, or else close beside the
 * original. What entered from outside does not enter the copy: that is for the user to wire.
 */
export function duplicate(
  document: BasinDocument,
  ids: readonly string[],
  position?: Position,
): PasteEdit {
  const fragment = selectFragment(document, ids);
  const corner = topLeft(fragment);
  const beside = { x: corner.x + DUPLICATE_OFFSET, y: corner.y + DUPLICATE_OFFSET };
  return paste(document, fragment, position ?? beside, 'Duplicate');
}

const NUMBERED = /^(.*\S) ([0-9]+)$/s;

/**
 * Labels for copies: formulas and messages name nodes by them. `Encoder` is followed by `Encoder 2`, and `Encoder 2` by
 * `Encoder 3` where there is another of these; the number of a lone `Mean of 2` means something else and stays.
 */
function labelSource(nodes: readonly DocumentNode[]): (label: string) => string {
  const taken = new Set(nodes.map(({ label }) => label));
  const numbers = new Map<string, Set<string>>();
  for (const label of taken) {
    const [, stem = label, number = ''] = NUMBERED.exec(label) ?? [];
    numbers.set(stem, (numbers.get(stem) ?? new Set()).add(number));
  }
  return (label) => {
    if (label.trim() === '' || !taken.has(label)) return label;
    const [, stem = label, number] = NUMBERED.exec(label) ?? [];
    const isSeries = number === undefined || (numbers.get(stem)?.size ?? 0) > 1;
    if (!isSeries) return label;
    for (let next = 2; ; next++) {
      const fresh = `${stem} ${next}`;
      if (taken.has(fresh)) continue;
      if (fresh.length > DOCUMENT_LIMITS.label) return label;
      taken.add(fresh);
      return fresh;
    }
  };
}

/** `encoder2` is a copy of `encoder`, if there is one: its copy is `encoder3` then, not `encoder2-2`. */
function originalId(id: string, taken: ReadonlySet<string>): string {
  const original = id.replace(/-?[0-9]+$/, '');
  return taken.has(original) ? original : id;
}

/** The corner that `paste` puts at its position. */
export function topLeft({ nodes, groups }: Fragment): Position {
  const positions = [...nodes, ...groups].map(({ position }) => position);
  if (positions.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.min(...positions.map(({ x }) => x)),
    y: Math.min(...positions.map(({ y }) => y)),
  };
}
