import { defined } from '../../core/invariant';
import { isLearnedEnergy, pairedSides, type Side } from '../analysis/sides';
import type { Analysis } from '../analysis/analysis';
import { contrasts } from '../graph/contrasts';
import { freeVariables } from '../graph/freeVariables';
import { portKey, type GraphNode, type PortReference } from '../graph/graph';
import { someUpstream, valueInputs } from '../graph/topology';
import type { ContrastKind } from './compiled';

/** How the energy F(x, y_other) is made from that of true pairs: every occurrence of y is replaced. */
export interface Contrast {
  readonly kind: ContrastKind;
  /** The input of the energy that is y, or what is computed of it; null where y is not one of two values. */
  readonly target: Pick<Side, 'port' | 'index'> | null;
  /** Values that are y. */
  readonly replaced: readonly PortReference[];
  /** Values that are x and stay, although they may be made from y: a view of it, or an earlier span. */
  readonly kept: readonly PortReference[];
}

/**
 * What is y in an energy, and what stands in for y_other; null where that is not known, or no data.
 *
 * - x comes from elsewhere than y (another column, another span of a sequence): y of another sample.
 * - x and y are two views of a sample, or two trained branches: the branch of y sees another sample.
 * - All of x is y (an autoencoder), or there is no x: any y of the data is as good as another, so points off
 *   the data stand in.
 * - An energy that does not take two values has the y that its loss functional contrasts, or the one that it judges alone.
 */
export function contrastOf(energy: GraphNode, analysis: Analysis): Contrast | null {
  const sides = pairedSides(energy);
  const origins = originsOf(analysis);
  if (!sides) return contrastOfOne(energy, origins, analysis);
  const { target, prediction } = assignSides(sides, origins, analysis);
  if (!origins.data.has(target.source.nodeId)) return null;
  const at = { target: { port: target.port, index: target.index } };
  const offData = offDataOf(energy);
  const roots = beforeViews(target, analysis);
  const hasOther = readsDataBeside(prediction.source, roots, analysis);
  if (!origins.weights.has(target.source.nodeId)) {
    return { kind: hasOther ? 'shuffled' : offData, ...at, replaced: roots, kept: [] };
  }
  const observed = observedValues(target.source, origins, analysis);
  if (!hasOther) return { kind: offData, ...at, replaced: observed, kept: [] };
  const isY = keys(observed);
  const isOfY = ({ nodeId, port }: PortReference): boolean => isY.has(portKey(nodeId, port));
  const kept = observedValues(prediction.source, origins, analysis).filter(
    (value) => !isOfY(value),
  );
  // A guess of a latent may be made from y; x may not.
  const isX = ({ definition }: GraphNode): boolean => definition.category !== 'latent';
  const readsBoth = observedValues(prediction.source, origins, analysis, isX).some(isOfY);
  // Both branches read the same values, with others beside, such as actions, or without: they part at the target itself.
  return kept.length > 0 && !readsBoth
    ? { kind: 'shuffled', ...at, replaced: observed, kept }
    : { kind: 'shuffled', ...at, replaced: roots, kept: [] };
}

/** Of an energy that does not take two values. */
function contrastOfOne(energy: GraphNode, origins: Origins, analysis: Analysis): Contrast | null {
  const sources = tensorInputs(energy);
  const replaced = contrastedValues(energy, analysis) ?? judgedValues(energy, origins, analysis);
  if (replaced.length === 0 || !replaced.every(({ nodeId }) => origins.data.has(nodeId))) {
    return null;
  }
  const hasOther = sources.some((source) => readsDataBeside(source, replaced, analysis));
  return {
    kind: hasOther ? 'shuffled' : offDataOf(energy),
    target: null,
    replaced,
    kept: [],
  };
}

/** What the samplers of an energy's loss functionals replace, or null where it has none. */
function contrastedValues(energy: GraphNode, { graph }: Analysis): PortReference[] | null {
  const found = new Map(
    contrasts(graph).flatMap(({ energyNode, negative }) =>
      negative && energyNode.id === energy.id ? [[negative.key, negative.observed] as const] : [],
    ),
  );
  return found.size > 0 ? [...found.values()] : null;
}

/** The data that an energy with weights of its own judges, where it takes a single value. */
function judgedValues(energy: GraphNode, origins: Origins, analysis: Analysis): PortReference[] {
  // Latents beside it are no data.
  const [source, ...more] = tensorInputs(energy).filter(({ nodeId }) => origins.data.has(nodeId));
  const { category } = energy.definition;
  if (category !== 'energy' || !isLearnedEnergy(energy) || !source || more.length > 0) return [];
  return origins.weights.has(source.nodeId) ? observedValues(source, origins, analysis) : [source];
}

function tensorInputs(energy: GraphNode): PortReference[] {
  return energy.ports.inputs
    .filter(({ type }) => type === 'tensor')
    .flatMap(({ name }) => energy.inputs.get(name) ?? []);
}

/** Units that are on or off have no blends. */
function offDataOf({ definition }: GraphNode): ContrastKind {
  return definition.conditionals ? 'recombined' : 'blended';
}

/** y is the observed side. Where that does not decide, it is the second, unless only the second is made with a free variable. */
function assignSides(
  [first, second]: readonly [Side, Side],
  origins: Origins,
  { graph }: Analysis,
): { target: Side; prediction: Side } {
  const firstIsTarget = { target: first, prediction: second };
  const secondIsTarget = { target: second, prediction: first };
  const isLearned = ({ source }: Side): boolean => origins.weights.has(source.nodeId);
  if (isLearned(first) !== isLearned(second)) {
    return isLearned(first) ? secondIsTarget : firstIsTarget;
  }
  const free = new Set(freeVariables(graph).map(({ id }) => id));
  const isFree = ({ source }: Side): boolean =>
    someUpstream(graph, [source.nodeId], (id) => free.has(id));
  return isFree(second) && !isFree(first) ? firstIsTarget : secondIsTarget;
}

/** What the target is a view or a mere change of shape of. */
function beforeViews({ source }: Side, { graph }: Analysis): PortReference[] {
  const found = new Map<string, PortReference>();
  const queue = [source];
  for (let value = queue.pop(); value; value = queue.pop()) {
    const node = defined(graph.byId.get(value.nodeId), 'node of a value');
    const { category, traits } = node.definition;
    if (category === 'view' || traits?.(node.params).passes === 'everything') {
      queue.push(...valueInputs(node));
    } else found.set(portKey(value.nodeId, value.port), value);
  }
  return [...found.values()];
}

/** Whether data gets into a value on a way that does not lead through `around`. */
function readsDataBeside(
  value: PortReference,
  around: readonly PortReference[],
  { graph }: Analysis,
): boolean {
  const seen = keys(around);
  const queue = [value];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const key = portKey(next.nodeId, next.port);
    if (seen.has(key)) continue;
    seen.add(key);
    const node = defined(graph.byId.get(next.nodeId), 'node of a value');
    if (node.definition.dataset) return true;
    queue.push(...valueInputs(node));
  }
  return false;
}

/**
 * The values closest to `value` among those that it is made of, by nodes that are `followed`, and that data gives without any
 * weight.
 */
function observedValues(
  value: PortReference,
  origins: Origins,
  { graph }: Analysis,
  followed: (node: GraphNode) => boolean = () => true,
): PortReference[] {
  const found: PortReference[] = [];
  const seen = new Set<string>();
  const queue = [value];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const key = portKey(next.nodeId, next.port);
    if (seen.has(key)) continue;
    seen.add(key);
    if (origins.weights.has(next.nodeId)) {
      const node = defined(graph.byId.get(next.nodeId), 'node of a value');
      if (followed(node)) queue.push(...valueInputs(node));
    } else if (origins.data.has(next.nodeId)) found.push(next);
  }
  return found;
}

function keys(values: readonly PortReference[]): Set<string> {
  return new Set(values.map(({ nodeId, port }) => portKey(nodeId, port)));
}

/** Nodes whose outputs are made with weights, and those that are made of data. */
interface Origins {
  readonly weights: ReadonlySet<string>;
  readonly data: ReadonlySet<string>;
}

function originsOf({ graph, owners }: Analysis): Origins {
  const weights = new Set<string>();
  const data = new Set<string>();
  // Sources come before their readers in `graph.nodes`.
  for (const node of graph.nodes) {
    const reads = valueInputs(node);
    if (owners.has(node.id) || reads.some(({ nodeId }) => weights.has(nodeId))) {
      weights.add(node.id);
    }
    if (node.definition.dataset || reads.some(({ nodeId }) => data.has(nodeId))) data.add(node.id);
  }
  return { weights, data };
}
