import { invariant } from '../core/invariant';
import type { NodeDefinition } from './nodeDefinition';

/** The node kinds a composition root knows. The compiler takes it as an argument. */
export interface Registry {
  readonly definitions: readonly NodeDefinition[];
  get(kind: string): NodeDefinition | undefined;
}

export function createRegistry(definitions: readonly NodeDefinition[]): Registry {
  const byKind = new Map(definitions.map((definition) => [definition.kind, definition]));
  invariant(byKind.size === definitions.length, 'two node definitions share a kind');
  return { definitions, get: (kind) => byKind.get(kind) };
}
