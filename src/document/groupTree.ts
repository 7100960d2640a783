import type { DocumentGroup, DocumentNode } from './schema';

interface Grouped {
  readonly nodes: readonly DocumentNode[];
  readonly groups: readonly DocumentGroup[];
}

/** The groups that an item is in, the innermost first. Stops where a document that was not checked goes in a circle. */
export function enclosingGroups({ groups }: Pick<Grouped, 'groups'>, home?: string): string[] {
  const parents = new Map(groups.map(({ id, group }) => [id, group]));
  const found = new Set<string>();
  for (let id = home; id !== undefined && parents.has(id) && !found.has(id); id = parents.get(id)) {
    found.add(id);
  }
  return [...found];
}

/** The groups with these ids and all groups within them. */
export function groupsWithin({ groups }: Pick<Grouped, 'groups'>, ids: Iterable<string>): string[] {
  const named = new Set(ids);
  if (named.size === 0) return [];
  return groups
    .filter(({ id }) => enclosingGroups({ groups }, id).some((around) => named.has(around)))
    .map(({ id }) => id);
}

/** The nodes in the groups with these ids, however deep. */
export function nodesWithin(document: Grouped, ids: Iterable<string>): string[] {
  const homes = new Set(groupsWithin(document, ids));
  return document.nodes
    .filter(({ group }) => group !== undefined && homes.has(group))
    .map(({ id }) => id);
}

/**
 * For each node and group that is not drawn because a group around it is collapsed: the outermost of these, whose box
 * stands for it.
 */
export function hiddenBy({ nodes, groups }: Grouped): ReadonlyMap<string, string> {
  const collapsed = new Set(groups.filter((group) => group.collapsed).map(({ id }) => id));
  if (collapsed.size === 0) return new Map();
  const boxOf = new Map(
    groups.map(({ id }) => [
      id,
      enclosingGroups({ groups }, id).findLast((around) => collapsed.has(around)),
    ]),
  );
  const hidden = new Map<string, string>();
  for (const { id } of groups) {
    const box = boxOf.get(id);
    if (box !== undefined && box !== id) hidden.set(id, box);
  }
  for (const { id, group } of nodes) {
    const box = group === undefined ? undefined : boxOf.get(group);
    if (box !== undefined) hidden.set(id, box);
  }
  return hidden;
}

/** The nearest group around a home that is not among those removed; undefined where there is none. */
export function survivingHome(
  document: Pick<Grouped, 'groups'>,
  home: string | undefined,
  removed: ReadonlySet<string>,
): string | undefined {
  return enclosingGroups(document, home).find((id) => !removed.has(id));
}
