import { sampleSize } from '../../../graph/ports';
import type { Analysis } from '../../analysis/analysis';
import { portKey, type PortReference } from '../../graph/graph';
import { jointGroups } from '../../graph/jointGroups';
import { energiesAt } from '../energyParts';

/** Tensor outputs of the nodes of a category, in the order of the graph. */
export function tensorPorts({ graph }: Analysis, category: string): PortReference[] {
  return graph.nodes
    .filter(({ definition }) => definition.category === category)
    .flatMap((node) =>
      node.ports.outputs
        .filter(({ type }) => type === 'tensor')
        .map(({ name }) => ({ nodeId: node.id, port: name })),
    );
}

/** Free variables that are inferred where some values are given, by their nodes. */
export function inferredAt({ graph }: Analysis, given: readonly PortReference[]): string[] {
  const energies = energiesAt(graph, given);
  const isGiven = new Set(given.map(({ nodeId, port }) => portKey(nodeId, port)));
  return jointGroups(graph)
    .flatMap(({ variables }) => variables)
    .filter((variable) => !isGiven.has(variable.key))
    .filter((variable) => variable.energies.some((energy) => energies.includes(energy)))
    .map(({ node }) => node.id);
}

/** Steps that finding a latent takes in evaluation; 0 where it is not found by steps. */
export function inferenceSteps({ graph }: Analysis, { nodeId }: PortReference): number {
  const group = jointGroups(graph).find(({ variables }) =>
    variables.some(({ node }) => node.id === nodeId),
  );
  const params = group?.variables.map(({ node }) => node.params) ?? [];
  return group?.search.steps?.(params, 'evaluate') ?? 0;
}

/** Numbers of one value; a sequence is no point. */
export function pointSize({ types }: Analysis, { nodeId, port }: PortReference): number {
  const type = types.get(portKey(nodeId, port));
  return type && type.time === null ? sampleSize(type) : 0;
}

/** Numbers of one value, all steps of a sequence together. */
export function valueSize({ types }: Analysis, { nodeId, port }: PortReference): number {
  const type = types.get(portKey(nodeId, port));
  return type ? sampleSize(type) : 0;
}

/** `y of Points`; the label of a node alone where it is that of the port. */
export function nameOf({ graph }: Analysis, { nodeId, port }: PortReference): string {
  const node = graph.byId.get(nodeId);
  return node === undefined || node.label === port ? port : `${port} of ${node.label}`;
}
