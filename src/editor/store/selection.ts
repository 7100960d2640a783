import { plural } from '../../core/formatNumber';
import type { BasinDocument } from '../../document/schema';

/** Ids of what is selected. */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export const EMPTY_SELECTION: Selection = { nodes: NONE, edges: NONE, groups: NONE };

export function selectionOf(ids: {
  nodes?: Iterable<string>;
  edges?: Iterable<string>;
  groups?: Iterable<string>;
}): Selection {
  return {
    nodes: ids.nodes ? new Set(ids.nodes) : NONE,
    edges: ids.edges ? new Set(ids.edges) : NONE,
    groups: ids.groups ? new Set(ids.groups) : NONE,
  };
}

export function isEmptySelection({ nodes, edges, groups }: Selection): boolean {
  return nodes.size + edges.size + groups.size === 0;
}

/** How much of what: `2 nodes, 1 edge`; empty for nothing. */
export function selectionTitle({ nodes, edges, groups }: Selection): string {
  const counts = [
    [nodes.size, 'node'],
    [edges.size, 'edge'],
    [groups.size, 'group'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => plural(count, name))
    .join(', ');
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return sameSet(a.nodes, b.nodes) && sameSet(a.edges, b.edges) && sameSet(a.groups, b.groups);
}

/** Drops what the document no longer has; the same object when nothing is dropped. */
export function pruneSelection(selection: Selection, document: BasinDocument): Selection {
  const pruned = {
    nodes: keep(selection.nodes, document.nodes),
    edges: keep(selection.edges, document.edges),
    groups: keep(selection.groups, document.groups),
  };
  return sameSelection(pruned, selection) ? selection : pruned;
}

function keep(
  ids: ReadonlySet<string>,
  present: readonly { readonly id: string }[],
): ReadonlySet<string> {
  if (ids.size === 0) return ids;
  return new Set(present.map(({ id }) => id).filter((id) => ids.has(id)));
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}
