import type { CodeSource, Search } from '../../graph/inferenceStrategy';
import { freeVariable, freeVariables } from './freeVariables';
import { portKey, type Graph, type GraphNode, type PortKey } from './graph';
import { downstream } from './topology';

/** A free variable with what it acts on. */
export interface Variable {
  readonly node: GraphNode;
  readonly port: string;
  readonly key: PortKey;
  readonly mode: string;
  readonly search: Search;
  readonly codes?: CodeSource;
  readonly remembers?: string;
  /** Nodes that read it, directly or through others. */
  readonly reach: ReadonlySet<string>;
  /** Energies and per-sample regularizers that depend on it. */
  readonly energies: readonly GraphNode[];
}

export interface JointGroup {
  readonly variables: readonly Variable[];
  /** The strategy's, which all variables of a group have in common (`mixedInference`). */
  readonly search: Search;
}

/** Variables that share an energy are inferred together; groups come in topological order. */
export function jointGroups(graph: Graph): JointGroup[] {
  const groups: Variable[][] = [];
  for (const variable of variablesOf(graph)) {
    const shares = (group: readonly Variable[]): boolean =>
      group.some((other) => other.energies.some((energy) => variable.energies.includes(energy)));
    const [first, ...more] = groups.filter(shares);
    if (!first) {
      groups.push([variable]);
      continue;
    }
    for (const other of more) {
      first.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
    first.push(variable);
  }
  return groups.flatMap((variables) =>
    variables[0] ? [{ variables, search: variables[0].search }] : [],
  );
}

function variablesOf(graph: Graph): Variable[] {
  return freeVariables(graph).flatMap((node) => {
    const free = freeVariable(node);
    if (!free) return [];
    const reach = downstream(graph, { nodeId: node.id, port: free.port });
    const energies = graph.nodes.filter(
      ({ id, ports }) => reach.has(id) && ports.outputs.some(({ type }) => type === 'energy'),
    );
    return [{ node, ...free, key: portKey(node.id, free.port), reach, energies }];
  });
}
