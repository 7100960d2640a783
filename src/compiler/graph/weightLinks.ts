import type { Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { formatShape } from '../../ir/types';
import type { StatisticSpec, WeightSpec } from '../../graph/nodeDefinition';
import { nodeName } from './elaborate';
import { inferContext } from './inferTypes';
import type { Graph, GraphNode, PortTypes } from './graph';

export interface ResolvedWeights {
  /** Module → the module whose weights it uses: itself, unless linked. */
  readonly owners: ReadonlyMap<string, string>;
  /** Owner → its weights. */
  readonly weights: ReadonlyMap<string, readonly WeightSpec[]>;
  /** Owner, or node without weights → its running statistics. */
  readonly statistics: ReadonlyMap<string, readonly StatisticSpec[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Follows weight links (docs/semantics.md §6) and checks that both ends fit. */
export function resolveWeights(graph: Graph, types: PortTypes): ResolvedWeights {
  const owners = new Map<string, string>();
  const own = new Map<string, readonly WeightSpec[]>();
  const ownStatistics = new Map<string, readonly StatisticSpec[]>();
  const diagnostics: Diagnostic[] = [];
  for (const node of graph.nodes) {
    const { weights, statistics, infer } = node.definition;
    if (!weights && !statistics) continue;
    const context = inferContext(node, types);
    if (context === 'incomplete' || 'code' in context) continue;
    if (!infer(context.inner).ok) continue;
    ownStatistics.set(node.id, statistics?.(context.inner) ?? []);
    if (!weights) continue;
    own.set(node.id, weights(context.inner));
    owners.set(node.id, weightOwner(graph, node));
  }
  for (const [id, owner] of owners) {
    if (id === owner) continue;
    const node = defined(graph.byId.get(id), 'linked module');
    const source = graph.byId.get(owner);
    const mine = own.get(id) ?? [];
    const theirs = own.get(owner);
    if (!source || !theirs) {
      owners.set(id, id);
      continue;
    }
    const clash = firstDifference(mine, theirs);
    if (clash === null) continue;
    owners.set(id, id);
    diagnostics.push({
      code: 'weights.mismatch',
      severity: 'error',
      nodeId: id,
      portId: 'weights',
      message: `${nodeName(node)} cannot share the weights of ${nodeName(source)}: ${clash}.`,
      hint: 'Linked modules need the same input width and the same parameters.',
    });
  }
  const owned = <T>(all: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...all].filter(([id]) => (owners.get(id) ?? id) === id));
  return { owners, weights: owned(own), statistics: owned(ownStatistics), diagnostics };
}

function weightOwner(graph: Graph, node: GraphNode): string {
  let current = node;
  for (;;) {
    const [source] = current.inputs.get('weights') ?? [];
    const next = source && graph.byId.get(source.nodeId);
    if (!next) return current.definition.weights ? current.id : node.id;
    current = next;
  }
}

function firstDifference(a: readonly WeightSpec[], b: readonly WeightSpec[]): string | null {
  const count = Math.max(a.length, b.length);
  for (let index = 0; index < count; index++) {
    const left = a[index];
    const right = b[index];
    if (
      left &&
      right &&
      left.name === right.name &&
      formatShape(left.shape) === formatShape(right.shape)
    ) {
      continue;
    }
    const show = (spec: WeightSpec | undefined): string =>
      spec ? `${spec.name} ${formatShape(spec.shape)}` : 'nothing';
    return `it has ${show(left)} where the other has ${show(right)}`;
  }
  return null;
}
