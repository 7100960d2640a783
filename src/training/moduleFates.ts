import type { Analysis } from '../compiler/analysis/analysis';
import { upstream } from '../compiler/graph/topology';
import { averageRoot } from '../compiler/graph/weightLinks';
import { stateName } from '../compiler/names';
import type { HostArrays } from '../engine/engine';
import { elementCount, formatShape, sameShape, type Shape } from '../ir/types';

/** What becomes of the weights of a module when a run goes on with a changed graph. */
export interface ModuleFate {
  readonly nodeId: string;
  readonly label: string;
  /** Why it starts anew, as it stands in brackets; null where its weights are kept. */
  readonly anew: string | null;
}

/** Name and shape of an array of a module. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * What becomes of each module that the changed graph trains: it keeps its weights where all of them have the names and shapes that
 * they had, and every number is finite. Whose weights those were does not matter: what is not tied any longer begins with
 * what it shared. Without `state` nothing is said of the numbers.
 */
export function moduleFates(
  before: Analysis,
  after: Analysis,
  state: HostArrays | null = null,
): readonly ModuleFate[] {
  const wasUsed = usedNodes(before);
  const whyAnew = (owner: string): string | null => {
    const source = before.owners.get(owner);
    const kind = after.graph.byId.get(owner)?.definition.kind;
    if (source === undefined || before.graph.byId.get(owner)?.definition.kind !== kind)
      return 'new';
    const had = before.weights.get(source) ?? before.averages.get(source)?.weights ?? [];
    const has = after.weights.get(owner) ?? [];
    const difference = shapeDifference(had, has);
    if (difference !== null) return difference;
    const isKnown = state === null ? wasUsed.has(owner) : hasArrays(state, source, has);
    if (!isKnown) return 'it was not in use';
    return state === null || areFinite(state, source, has) ? null : 'it was not finite';
  };
  return trainedOwners(after).map((nodeId) => ({
    nodeId,
    label: after.graph.byId.get(nodeId)?.label ?? nodeId,
    anew: whyAnew(nodeId),
  }));
}

/** Owners of weights that a graph trains, in the order of the optimizer's vector. */
export function trainedOwners(analysis: Analysis): string[] {
  const { owners, averages, weights } = analysis;
  const used = usedNodes(analysis);
  const users = [...owners].filter(([id]) => used.has(id));
  const roots = new Set(users.map(([, owner]) => averageRoot(averages, owner)));
  return [...weights.keys()].filter((owner) => roots.has(owner));
}

/** Nodes whose values the objective or a probe is made of. */
export function usedNodes({ graph, objective, probes }: Analysis): Set<string> {
  const read = probes.flatMap(({ node }) => [...node.inputs.values()].flat());
  return upstream(
    graph,
    [...objective, ...read].map(({ nodeId }) => nodeId),
  );
}

export function hasArrays(
  state: HostArrays,
  owner: string,
  arrays: readonly NamedShape[],
): boolean {
  return arrays.every(
    ({ name, shape }) => state.get(stateName(owner, name))?.length === elementCount(shape),
  );
}

export function areFinite(
  state: HostArrays,
  owner: string,
  arrays: readonly NamedShape[],
): boolean {
  return arrays.every(({ name }) =>
    (state.get(stateName(owner, name)) ?? []).every((number) => Number.isFinite(number)),
  );
}

/** The first difference, in brief: “64→128”; null where names and shapes agree. */
export function shapeDifference(
  had: readonly NamedShape[],
  has: readonly NamedShape[],
): string | null {
  const isAlike = had.length === has.length && has.every(({ name }, i) => had[i]?.name === name);
  if (!isAlike) return 'other layers';
  for (const [index, { shape }] of has.entries()) {
    const old = had[index];
    if (old === undefined || sameShape(old.shape, shape)) continue;
    if (old.shape.length !== shape.length) return `${formatShape(old.shape)}→${formatShape(shape)}`;
    const changes = shape.map((size, axis) => [old.shape[axis], size] as const);
    return changes
      .filter(([was, size]) => was !== size)
      .map(([was, size]) => `${was}→${size}`)
      .join(', ');
  }
  return null;
}

/** “Kept the weights of 4 of 5 modules; Predictor starts anew (64→128).” */
export function fatesSentence(fates: readonly ModuleFate[], verb: 'Keeps' | 'Kept'): string {
  const anew = fates.filter((fate) => fate.anew !== null);
  const count = fates.length - anew.length;
  const [first] = anew;
  if (first === undefined) {
    return `${verb} the weights of ${fates.length === 1 ? 'the module' : `all ${count} modules`}.`;
  }
  const named = anew.slice(0, 3).map(({ label, anew: why }) => `${label} (${why})`);
  const more = anew.length > named.length ? [`${anew.length - named.length} more`] : [];
  const starts =
    anew.length === 1
      ? `${first.label} starts anew (${first.anew})`
      : `${[...named, ...more].join(', ')} start anew`;
  if (count === 0) return `No weights fit: ${starts}.`;
  return `${verb} the weights of ${count} of ${fates.length} modules; ${starts}.`;
}
