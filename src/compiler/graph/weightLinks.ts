import type { Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { formatShape } from '../../ir/types';
import type { StatisticSpec, WeightSpec } from '../../graph/nodeDefinition';
import { nodeName } from './elaborate';
import { inferContext } from './inferTypes';
import { seenData } from './seenData';
import type { Graph, GraphNode, PortTypes } from './graph';

/** Weights that follow others after each step, with no gradient into them (docs/semantics.md §6). */
export interface WeightAverage {
  /** The node whose weights it follows: a module, or another average. */
  readonly source: string;
  readonly weights: readonly WeightSpec[];
}

export interface ResolvedWeights {
  /** Module → the node whose weights it uses: itself, unless linked to a module or an average. */
  readonly owners: ReadonlyMap<string, string>;
  /** Module → its trained weights. */
  readonly weights: ReadonlyMap<string, readonly WeightSpec[]>;
  /** Link → the average that it keeps; what an average follows comes before it. */
  readonly averages: ReadonlyMap<string, WeightAverage>;
  /** Node → the node whose statistics it uses: itself, unless tied. */
  readonly statisticOwners: ReadonlyMap<string, string>;
  /** Owner → its statistics. */
  readonly statistics: ReadonlyMap<string, readonly StatisticSpec[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Follows weight links (docs/semantics.md §6) and checks that both ends fit. A tie shares weights and statistics; an
 * average gives weights alone, since the statistics of its readers are those of their own batches.
 */
export function resolveWeights(graph: Graph, types: PortTypes, batchSize: number): ResolvedWeights {
  const own = new Map<string, readonly WeightSpec[]>();
  const ownStatistics = new Map<string, readonly StatisticSpec[]>();
  for (const node of graph.nodes) {
    const { weights, statistics, infer } = node.definition;
    if (!weights && !statistics) continue;
    const context = inferContext(node, types);
    if (context === 'incomplete' || 'code' in context) continue;
    if (!infer(context.inner).ok) continue;
    if (weights) own.set(node.id, weights(context.inner));
    if (statistics) {
      const asked = {
        ...context.inner,
        batch: batchSize,
        // Found by a walk over the graph, which few kinds need.
        get rows() {
          return seenData(graph, node)?.trainRows ?? null;
        },
      };
      ownStatistics.set(node.id, statistics(asked));
    }
  }
  const averages = resolveAverages(graph, own);
  const owners = new Map<string, string>();
  const statisticOwners = new Map([...ownStatistics.keys()].map((id) => [id, id]));
  const diagnostics: Diagnostic[] = [];
  for (const [id, mine] of own) {
    const node = defined(graph.byId.get(id), 'module');
    const { end, tied } = followLinks(graph, node);
    const theirs = own.get(end.id) ?? averages.get(end.id)?.weights;
    owners.set(id, id);
    if (end.id === id || !theirs || !own.has(tied.id)) continue;
    const clash =
      firstDifference(mine, theirs) ??
      firstDifference(ownStatistics.get(id) ?? [], ownStatistics.get(tied.id) ?? []);
    if (clash === null) {
      owners.set(id, end.id);
      if (ownStatistics.has(id)) statisticOwners.set(id, tied.id);
    } else diagnostics.push(mismatch(node, end, clash));
  }
  return {
    owners,
    weights: keptBy(own, owners),
    averages,
    statisticOwners,
    statistics: keptBy(ownStatistics, statisticOwners),
    diagnostics,
  };
}

interface LinkEnd {
  /** Whose weights they are: a module, an average, or the node itself where its link leads to neither. */
  readonly end: GraphNode;
  /** The last module on the way, with which the node shares its statistics. */
  readonly tied: GraphNode;
}

/** Weight links form no cycle, so the way ends. */
function followLinks(graph: Graph, node: GraphNode): LinkEnd {
  let tied = node;
  for (let current = node; ;) {
    const [source] = current.inputs.get('weights') ?? [];
    const next = source && graph.byId.get(source.nodeId);
    if (!next) return { end: tied, tied };
    if (next.definition.average) return { end: next, tied };
    if (next.definition.weights) tied = next;
    current = next;
  }
}

/** Averages of weights that exist, each behind what it follows. */
function resolveAverages(
  graph: Graph,
  own: ReadonlyMap<string, readonly WeightSpec[]>,
): Map<string, WeightAverage> {
  const averages = new Map<string, WeightAverage>();
  for (const link of graph.nodes) {
    // From the link up to the trained weights, through the averages between.
    const chain: GraphNode[] = [];
    let end = link;
    while (end.definition.average && !averages.has(end.id)) {
      chain.push(end);
      const above = followLinks(graph, end).end;
      if (above === end) break;
      end = above;
    }
    for (const average of chain.reverse()) {
      const weights = own.get(end.id) ?? averages.get(end.id)?.weights;
      if (!weights) break;
      averages.set(average.id, { source: end.id, weights });
      end = average;
    }
  }
  return averages;
}

/** Where an average comes from in the end: the module whose trained weights it follows. */
export function averageRoot(averages: ReadonlyMap<string, WeightAverage>, owner: string): string {
  let root = owner;
  for (let next = averages.get(root); next; next = averages.get(root)) root = next.source;
  return root;
}

function keptBy<T>(
  all: ReadonlyMap<string, T>,
  owners: ReadonlyMap<string, string>,
): Map<string, T> {
  return new Map([...all].filter(([id]) => owners.get(id) === id));
}

function mismatch(node: GraphNode, end: GraphNode, clash: string): Diagnostic {
  return {
    code: 'weights.mismatch',
    severity: 'error',
    nodeId: node.id,
    portId: 'weights',
    message: `${nodeName(node)} cannot ${end.definition.average ? 'use' : 'share'} the weights of ${nodeName(end)}: ${clash}.`,
    hint: 'Linked modules need the same input width and the same parameters.',
  };
}

type StateShape = Pick<WeightSpec, 'name' | 'shape'>;

function firstDifference(a: readonly StateShape[], b: readonly StateShape[]): string | null {
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
    const show = (spec: StateShape | undefined): string =>
      spec ? `${spec.name} ${formatShape(spec.shape)}` : 'nothing';
    return `it has ${show(left)} where the other has ${show(right)}`;
  }
  return null;
}
