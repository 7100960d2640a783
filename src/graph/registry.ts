import { invariant } from '../core/invariant';
import type { NodeDefinition } from './nodeDefinition';
import type { NodeRole } from './nodeRole';

/** The node kinds a composition root knows. The compiler takes it as an argument. */
export interface Registry {
  readonly definitions: readonly NodeDefinition[];
  /** Roles that nodes are added in, in the order of the palette. */
  readonly roles: readonly NodeRole[];
  get(kind: string): NodeDefinition | undefined;
}

export function createRegistry(
  definitions: readonly NodeDefinition[],
  roles: readonly NodeRole[] = [],
): Registry {
  const byKind = new Map(definitions.map((definition) => [definition.kind, definition]));
  invariant(byKind.size === definitions.length, 'two node definitions share a kind');
  const known = roles.filter(({ kind }) => byKind.has(kind));
  return { definitions, roles: known, get: (kind) => byKind.get(kind) };
}

/** A registry that knows few kinds to begin with, those of the graph that is shown first, and all of another's in time. */
export interface GrowingRegistry extends Registry {
  learn(all: Registry): void;
}

export function growingRegistry(first: readonly NodeDefinition[]): GrowingRegistry {
  let known = createRegistry(first);
  return {
    get definitions() {
      return known.definitions;
    },
    get roles() {
      return known.roles;
    },
    get: (kind) => known.get(kind),
    learn: (all) => {
      known = all;
    },
  };
}
