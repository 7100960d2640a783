import type { Analysis } from '../../compiler/analysis/analysis';
import { contrasts } from '../../compiler/graph/contrasts';
import type { Graph, GraphNode, PortReference } from '../../compiler/graph/graph';
import { portKey } from '../../compiler/graph/graph';
import { jointGroups, type JointGroup } from '../../compiler/graph/jointGroups';
import { formatCount, formatWhole, plural } from '../../core/formatNumber';
import type { OutputPort } from '../../graph/ports';
import { formatTensorType, sampleSize, tensorType } from '../../graph/ports';

/** What nodes are to each other, in words, by node. */
export type Relations = ReadonlyMap<string, string>;

/** How each free variable is found in training, what each sampler replaces, and what each loss functional contrasts. */
export function relationsOf({ graph }: Analysis): Relations {
  return new Map([
    ...jointGroups(graph).flatMap((group) => {
      const search = searchLine(group);
      return group.variables.map(({ node }) => [node.id, search] as const);
    }),
    ...graph.nodes.flatMap((node) => {
      const observed = node.definition.sampler && node.inputs.get('y')?.[0];
      return observed ? [[node.id, `replaces ${valueName(graph, observed)}`] as const] : [];
    }),
    ...contrasts(graph).flatMap(({ functional, energyNode, negative }) => {
      if (!negative) return [];
      const { observed, sampler } = negative;
      const made = sampler.definition.sampler?.made ?? '';
      const contrast = `${energyOf(energyNode)} of ${observed.port} against ŷ ${made}`;
      return [[functional.id, contrast] as const];
    }),
  ]);
}

/** Shape, relations and weights: what can be said of a node at rest. */
export function stateLine(
  nodeId: string,
  outputs: readonly OutputPort[],
  analysis: Analysis,
  relations: Relations,
): string {
  const first = outputs.find(({ type }) => type === 'tensor');
  const type = first && analysis.types.get(portKey(nodeId, first.name));
  return [
    type ? formatTensorType(type) : '',
    relations.get(nodeId) ?? '',
    weightsLine(nodeId, analysis),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `10 steps`, `looks at 8 values`, or both: values of all variables that are found together. */
function searchLine({ variables, search }: JointGroup): string {
  const steps =
    search.steps?.(
      variables.map(({ node }) => node.params),
      'train',
    ) ?? 0;
  const taken = plural(steps, 'step');
  if (!search.looksAtCodes) return taken;
  const count = variables.reduce((product, { codes }) => product * (codes?.count ?? 1), 1);
  const values = `${formatWhole(count)} ${count === 1 ? 'value' : 'values'}`;
  return steps > 0 ? `${values}, ${taken}` : `looks at ${values}`;
}

function weightsLine(nodeId: string, { owners, averages, weights }: Analysis): string {
  const owner = owners.get(nodeId);
  if (owner !== undefined && owner !== nodeId) {
    return averages.has(owner) ? 'averaged weights' : 'shared weights';
  }
  const count = (weights.get(nodeId) ?? []).reduce(
    (sum, { shape }) => sum + sampleSize(tensorType(shape)),
    0,
  );
  return count > 0 ? `${formatCount(count)} weights` : '';
}

/** Labels such as `F(x, y)` say it themselves. */
function energyOf({ label }: GraphNode): string {
  return label.includes('(') ? label : `F(${label})`;
}

function valueName({ byId }: Graph, { nodeId, port }: PortReference): string {
  const node: GraphNode | undefined = byId.get(nodeId);
  return node === undefined || node.label === port ? port : `${port} of ${node.label}`;
}
