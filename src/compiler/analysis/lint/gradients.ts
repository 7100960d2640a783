import type { Traits } from '../../../graph/nodeDefinition';
import { isNeverTrained, moduleTraining } from '../../../graph/trainingParameters';
import type { Graph, GraphNode } from '../../graph/graph';
import { upstream, valueInputs } from '../../graph/topology';
import { averageRoot } from '../../graph/weightLinks';
import type { Analysis } from '../analysis';

/** Where the gradients of the objective get to. */
export interface Gradients {
  readonly graph: Graph;
  /** Nodes from which a term with a weight above zero can be reached: what they compute counts in the objective. */
  readonly acting: ReadonlySet<string>;
  /** Modules whose weights the gradient of some acting term reaches. */
  readonly trained: ReadonlySet<string>;
  /** Modules whose weights are an average of trained ones: they change, and no gradient does it. */
  readonly averaging: ReadonlySet<string>;
  /** Nodes whose outputs depend on weights that are trained, or follow such. */
  readonly learned: ReadonlySet<string>;
  /** Nodes through whose outputs a gradient gets to the weights of some module. */
  readonly learning: ReadonlySet<string>;
}

/** Weights are taken at their values in the document, so a live weight of 0 leaves its term out, and a rate of 0 trains nothing. */
export function followGradients({
  graph,
  objective,
  owners,
  averages,
}: Pick<Analysis, 'graph' | 'objective' | 'owners' | 'averages'>): Gradients {
  const terms = objective.filter(({ weight }) => weight > 0).map(({ nodeId }) => nodeId);
  const reached = upstream(graph, terms, passesGradient);
  const trainedOwners = new Set(
    [...reached]
      .flatMap((id) => owners.get(id) ?? [])
      .filter((owner) => !averages.has(owner) && !isFrozen(graph.byId.get(owner))),
  );
  const modules = [...owners];
  const trained = new Set(
    modules.filter(([, owner]) => trainedOwners.has(owner)).map(([id]) => id),
  );
  const averaging = new Set(
    modules
      .filter(([, owner]) => averages.has(owner))
      .filter(([, owner]) => trainedOwners.has(averageRoot(averages, owner)))
      .map(([id]) => id),
  );
  const learned = new Set<string>();
  const learning = new Set<string>();
  // Sources come before their readers in `graph.nodes`.
  for (const node of graph.nodes) {
    const { id } = node;
    const reads = valueInputs(node).map(({ nodeId }) => nodeId);
    const moves = trained.has(id) || averaging.has(id);
    if (moves || reads.some((source) => learned.has(source))) learned.add(id);
    const passes = passesGradient(node) && reads.some((source) => learning.has(source));
    const owner = owners.get(id);
    const canLearn =
      owner !== undefined && !averages.has(owner) && !isFrozen(graph.byId.get(owner));
    if (canLearn || passes) learning.add(id);
  }
  return { graph, acting: upstream(graph, terms), trained, averaging, learned, learning };
}

/** Whether no step moves the weights of a module. */
function isFrozen(owner: GraphNode | undefined): boolean {
  return owner?.definition.weights !== undefined && isNeverTrained(moduleTraining(owner.params));
}

const knownTraits = new WeakMap<GraphNode, Traits>();

/** Each rule asks, at each node that it comes past. */
export function traits(node: GraphNode): Traits {
  const found = knownTraits.get(node) ?? node.definition.traits?.(node.params) ?? {};
  knownTraits.set(node, found);
  return found;
}

/** Whether gradients of the objective go on to the node's inputs. What inference finds is a constant to them. */
export function passesGradient(node: GraphNode): boolean {
  return !traits(node).stopsGradient && !node.definition.free?.(node.params);
}
