import type { Value } from '../../ir/types';
import { gradients } from '../autodiff/gradients';
import type { PortKey } from '../graph/graph';
import type { Contrasted, Negatives } from '../graph/contrasts';
import { downstream } from '../graph/topology';
import { repeatBoundary } from '../latentInference/copies';
import { inferFreeVariables } from '../latentInference/inference';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { termWeight } from '../lowering/termWeight';

/**
 * The energy that a functional reads, evaluated again with y replaced: the same weights, the same inference
 * (docs/semantics.md §5). Every occurrence of y below the port that the sampler reads is replaced.
 */
export class ContrastedEnergy {
  private readonly pure: EvaluationOptions;

  constructor(
    private readonly context: ProgramContext,
    options: EvaluationOptions,
    private readonly contrasted: Contrasted,
    private readonly negatives: Negatives,
  ) {
    const { statistics: _, ...pure } = options;
    this.pure = pure;
  }

  /** F(x, ŷ) at `[B·copies, …]` points. */
  at(points: Value, { copies = 1, frozen = false } = {}): Value {
    return freeEnergy(this.context, this.evaluation(points, copies, frozen), this.contrasted);
  }

  /** ∂F/∂ŷ. */
  slopes(points: Value): Value {
    const { builder } = this.context;
    const [slope] = gradients(builder, builder.sum(this.at(points)), [points]);
    return slope ?? builder.constant(0, points.shape);
  }

  /** The graph with y replaced. */
  evaluation(points: Value, copies = 1, frozen = false): Evaluation {
    const { context, pure, contrasted, negatives } = this;
    const outputs = new Map(copies === 1 ? pure.outputs : this.boundary(copies));
    outputs.set(negatives.key, points);
    const options: EvaluationOptions = {
      ...pure,
      batch: pure.batch * copies,
      outputs,
      ...(frozen ? { frozen } : {}),
    };
    const energies = new Set([contrasted.energyNode.id]);
    const found = inferFreeVariables(context, options, { energies });
    return new Evaluation(context, { ...options, outputs: found });
  }

  /** The same with free variables where they start: for what does not depend on them. */
  uninferred(points: Value): Evaluation {
    const outputs = new Map(this.pure.outputs).set(this.negatives.key, points);
    return new Evaluation(this.context, { ...this.pure, outputs });
  }

  private boundary(copies: number): ReadonlyMap<PortKey, Value> {
    const { context, pure, negatives } = this;
    const { builder, analysis } = context;
    const cone = downstream(analysis.graph, negatives.observed);
    return repeatBoundary(builder, analysis.graph, cone, new Evaluation(context, pure), copies);
  }
}

/** λ·e of the energy that a functional reads, `[B]`. */
export function freeEnergy(
  context: ProgramContext,
  evaluation: Evaluation,
  { energy, energyNode }: Contrasted,
): Value {
  return context.builder.mul(evaluation.output(energy), termWeight(context, energyNode));
}
