import type { DocumentNode } from '../../document/schema';
import type { Category, NodeDefinition } from '../../graph/nodeDefinition';
import type { Registry } from '../../graph/registry';

/** Something that a node can be added as: a kind, or a role, which is a kind with parameters under another name. */
export interface KindEntry {
  /** The kind, or the role's id. */
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly definition: NodeDefinition;
  /** What it is added with. */
  readonly params: DocumentNode['params'];
  readonly synonyms: readonly string[];
}

/** By its roles, since a registry that learns more has others then. */
const entriesOf = new WeakMap<Registry['roles'], readonly KindEntry[]>();

/** All of them in the order of the palette: the roles of a category before its kinds. */
export function kindEntries(registry: Registry): readonly KindEntry[] {
  const known = entriesOf.get(registry.roles);
  if (known) return known;
  const roles = registry.roles.flatMap(({ kind, ...role }): KindEntry[] => {
    const definition = registry.get(kind);
    return definition ? [{ ...role, definition }] : [];
  });
  const withRoles = new Set(registry.roles.map(({ kind }) => kind));
  const kinds = registry.definitions.map((definition) =>
    plainEntry(definition, withRoles.has(definition.kind)),
  );
  const seen = new Set<Category>();
  const entries = kinds.flatMap((entry) => {
    const { category } = entry.definition;
    if (seen.has(category)) return [entry];
    seen.add(category);
    return [...roles.filter(({ definition }) => definition.category === category), entry];
  });
  entriesOf.set(registry.roles, entries);
  return entries;
}

/** A kind or a role by its id. */
export function kindEntry(registry: Registry, id: string): KindEntry | undefined {
  return kindEntries(registry).find((entry) => entry.id === id);
}

/** A kind under its own name. Of one that roles are made of it is that without any. */
function plainEntry(definition: NodeDefinition, hasRoles: boolean): KindEntry {
  const { kind, title, help, synonyms = [] } = definition;
  const params: KindEntry['params'] = hasRoles ? { role: 'none' } : {};
  return { id: kind, title, help, definition, params, synonyms };
}
