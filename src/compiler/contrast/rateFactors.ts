import type { Value } from '../../ir/types';
import { contrasts } from '../graph/contrasts';
import { upstream } from '../graph/topology';
import type { ProgramContext } from '../lowering/programContext';

/** Owners of weights that make contrastive points → the factor of their learning rate, an f32 scalar. */
export function rateFactors(context: ProgramContext): Map<string, Value> {
  const { graph, owners } = context.analysis;
  const factors = new Map<string, Value>();
  for (const { functional, negative } of contrasts(graph)) {
    const parameter = functional.definition.functional?.generatorRate;
    const [made] = negative?.sampler.inputs.get('sample') ?? [];
    if (parameter === undefined || !made) continue;
    for (const id of upstream(graph, [made.nodeId])) {
      const owner = owners.get(id);
      if (owner !== undefined) factors.set(owner, context.liveParameter(functional.id, parameter));
    }
  }
  return factors;
}
