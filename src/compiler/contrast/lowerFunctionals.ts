import { randomKey } from '../../core/random';
import { defined, invariant } from '../../core/invariant';
import type { Contrast } from '../../graph/contrast';
import type { Value } from '../../ir/types';
import { contrasts, type Contrasted } from '../graph/contrasts';
import { portKey, type PortKey } from '../graph/graph';
import type { Evaluation, EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { ContrastedEnergy, freeEnergy } from './contrastedEnergy';
import { drawNegatives } from './drawNegatives';

export interface FunctionalValues {
  /** The losses, by port. */
  readonly losses: ReadonlyMap<PortKey, Value>;
  /** What functionals show beside: scalars by node and name. */
  readonly reports: readonly {
    readonly nodeId: string;
    readonly name: string;
    readonly value: Value;
  }[];
  /** y and ŷ of each sampler. */
  readonly negatives: ReadonlyMap<string, Pick<Contrast, 'observed' | 'points'>>;
}

/**
 * The loss functionals of a graph (docs/semantics.md §5). `evaluation` has the free variables inferred for the observed y.
 */
export function lowerFunctionals(
  context: ProgramContext,
  options: EvaluationOptions,
  evaluation: Evaluation,
): FunctionalValues {
  const { builder, analysis, seed, step } = context;
  const losses = new Map<PortKey, Value>();
  const reports: { nodeId: string; name: string; value: Value }[] = [];
  const negatives = new Map<string, Contrast>();
  for (const contrasted of contrasts(analysis.graph)) {
    const { functional } = contrasted;
    const { id, params, definition } = functional;
    const contrast = contrastOf(context, options, evaluation, contrasted);
    if (contrast && contrasted.negative) negatives.set(contrasted.negative.sampler.id, contrast);
    const loss = builder.withOrigin(id, () =>
      defined(definition.functional, 'functional').loss({
        builder,
        params,
        contrast,
        energy: freeEnergy(context, evaluation, contrasted),
        live: (name) => context.liveParameter(id, name),
        uniform: (stream, shape) => builder.random(randomKey(seed, id, stream), step, shape),
        report: (name, value) => {
          invariant(definition.functional?.reports?.includes(name) === true, 'a declared report');
          reports.push({ nodeId: id, name, value });
        },
      }),
    );
    losses.set(portKey(id, 'loss'), loss);
  }
  return { losses, reports, negatives };
}

function contrastOf(
  context: ProgramContext,
  options: EvaluationOptions,
  evaluation: Evaluation,
  contrasted: Contrasted,
): Contrast | null {
  const { negative } = contrasted;
  if (!negative) return null;
  const { builder } = context;
  const energy = new ContrastedEnergy(context, options, contrasted, negative);
  const sampled = drawNegatives(context, options, evaluation, contrasted, negative, energy);
  const generates = negative.sampler.definition.sampler?.generates === true;
  return {
    observed: evaluation.output(negative.observed),
    points: builder.stopGradient(sampled.points),
    generated: generates ? sampled.points : null,
    deviation: sampled.deviation ?? null,
    energyAt: (points, { frozen = false } = {}) => energy.at(points, { frozen }),
    slopesAt: (points) => energy.slopes(points),
  };
}
