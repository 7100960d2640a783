import type { Diagnostic } from '../../core/diagnostic';
import { contrasts, type Contrasted, type Negatives } from '../graph/contrasts';
import { nodeName } from '../graph/elaborate';
import type { Graph } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { downstream } from '../graph/topology';

/** Contrastive losses that cannot be computed as they are wired, each at the node where it is to be mended. */
export function contrastFaults(graph: Graph): Diagnostic[] {
  return contrasts(graph).flatMap((contrasted) => {
    const { negative } = contrasted;
    if (!negative) return [];
    const fault =
      independence(graph, contrasted, negative) ??
      wrongSampler(contrasted, negative) ??
      missingConditionals(contrasted, negative) ??
      nestedInference(graph, contrasted, negative);
    return fault ? [fault] : [];
  });
}

/** An energy that does not depend on y is the same at ŷ. */
function independence(
  graph: Graph,
  { functional, energyNode }: Contrasted,
  { sampler, observed }: Negatives,
): Diagnostic | null {
  if (downstream(graph, observed).has(energyNode.id)) return null;
  const y = graph.byId.get(observed.nodeId);
  return {
    code: 'contrast.independent',
    severity: 'error',
    nodeId: functional.id,
    portId: 'negative',
    message: `${nodeName(energyNode)} does not depend on “${observed.port}” of ${y ? nodeName(y) : observed.nodeId}, which ${nodeName(sampler)} replaces: its energy would be the same at every contrastive point.`,
    hint: 'Give the sampler the value that the energy reads, or one that it is computed from.',
  };
}

function wrongSampler({ functional }: Contrasted, { sampler }: Negatives): Diagnostic | null {
  const takes = functional.definition.functional?.takes ?? 'any';
  const made = sampler.definition.sampler;
  if (takes === 'noise' && made?.addsNoise?.(sampler.params) !== true) {
    return {
      code: 'contrast.wrong-sampler',
      severity: 'error',
      nodeId: functional.id,
      portId: 'negative',
      message: `${nodeName(functional)} needs y with Gaussian noise on it, which ${nodeName(sampler)} does not give.`,
      hint: 'Connect a noise sampler that adds its noise around y.',
    };
  }
  if (takes === 'generator' && made?.generates !== true) {
    return {
      code: 'contrast.wrong-sampler',
      severity: 'error',
      nodeId: functional.id,
      portId: 'negative',
      message: `${nodeName(functional)} has a second player to train, and ${nodeName(sampler)} is none.`,
      hint: 'Connect a generator’s sample by a generator node.',
    };
  }
  return null;
}

function missingConditionals(
  { energyNode }: Contrasted,
  { sampler, observed }: Negatives,
): Diagnostic | null {
  if (sampler.definition.sampler?.needs !== 'conditionals') return null;
  const [port] = energyNode.definition.conditionals?.ports ?? [];
  if (port === undefined) {
    return {
      code: 'contrast.no-conditionals',
      severity: 'error',
      nodeId: sampler.id,
      message: `${nodeName(sampler)} draws each unit given the others, and ${nodeName(energyNode)} does not say how its units are distributed.`,
      hint: 'Use it on a Boltzmann machine, or sample by Langevin steps.',
    };
  }
  const [read] = energyNode.inputs.get(port) ?? [];
  if (read?.nodeId === observed.nodeId && read.port === observed.port) return null;
  return {
    code: 'contrast.no-conditionals',
    severity: 'error',
    nodeId: sampler.id,
    portId: 'y',
    message: `${nodeName(sampler)} draws the units that ${nodeName(energyNode)} reads at “${port}”, but is to replace another value.`,
    hint: `Connect it to the value that ${nodeName(energyNode)} reads.`,
  };
}

/** Steps of inference cannot be taken within the steps of a sampler. */
function nestedInference(
  graph: Graph,
  { energyNode }: Contrasted,
  { sampler }: Negatives,
): Diagnostic | null {
  if (sampler.definition.sampler?.needs !== 'gradient') return null;
  const inner = jointGroups(graph)
    .filter(({ search }) => search.steps !== null)
    .flatMap(({ variables }) => variables)
    .find(({ energies }) => energies.includes(energyNode));
  if (!inner) return null;
  return {
    code: 'contrast.nested-inference',
    severity: 'error',
    nodeId: sampler.id,
    message: `${nodeName(sampler)} takes steps on ${nodeName(energyNode)}, in each of which ${nodeName(inner.node)} would have to be found by steps of its own.`,
    hint: `Find ${nodeName(inner.node)} without steps: exhaustively, marginalised, or drawn from its prior.`,
  };
}
