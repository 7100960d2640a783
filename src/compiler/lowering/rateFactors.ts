import type { Value } from '../../ir/types';
import { moduleTraining, NEUTRAL_RATE } from '../../graph/trainingParameters';
import type { Analysis } from '../analysis/analysis';
import { contrasts } from '../graph/contrasts';
import { upstream } from '../graph/topology';
import type { ProgramContext } from './programContext';

/** Owners of weights that are not trained at the learning rate itself → its factor, an f32 scalar. */
export function rateFactors(context: ProgramContext): Map<string, Value> {
  const factors = generatorFactors(context);
  for (const owner of ownersWithRate(context.analysis)) {
    const own = context.liveParameter(owner, 'rate');
    const other = factors.get(owner);
    factors.set(owner, other ? context.builder.mul(own, other) : own);
  }
  return factors;
}

/** Owners of weights whose own factor is in the program: the others' is 1, and stays out. */
export function ownersWithRate({ graph, weights }: Analysis): Set<string> {
  const withRate = graph.nodes.filter(
    ({ id, params }) => weights.has(id) && moduleTraining(params).rate !== NEUTRAL_RATE,
  );
  return new Set(withRate.map(({ id }) => id));
}

/** Owners of weights that make contrastive points → the factor that their loss functional has for them. */
export function generatorFactors(context: ProgramContext): Map<string, Value> {
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
