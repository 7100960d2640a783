import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { StateSpec, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { gradients } from '../autodiff/gradients';
import { LIVE } from '../names';
import type { TrainingProgram } from './compiled';
import { trainingOptions, type Evaluation } from '../lowering/lower';
import { rateFactors } from '../lowering/rateFactors';
import { isTrainedNow } from '../lowering/trainedSteps';
import {
  declaredAverages,
  declaredWeights,
  ProgramContext,
  type DeclaredAverage,
} from '../lowering/programContext';
import { StatisticUpdates } from '../lowering/statisticUpdates';
import { finishProgram } from './finishProgram';
import type { ProbeUpdate } from '../probes/onlineProbe';
import { trainProbes } from '../probes/trainProbes';
import { lowerObjective, type ObjectiveValues } from './objectiveValues';
import { optimize, type Optimization, type OptimizerStep } from '../optimizer/optimize';
import type { Pace } from '../optimizer/segments';

/** The objective of a training step as the nodes lower it: nothing is differentiated or simplified yet. */
export interface LoweredTraining extends ObjectiveValues {
  readonly context: ProgramContext;
  /** The forward pass on the batch. */
  readonly evaluation: Evaluation;
  /** Running statistics after the step, by state name. */
  readonly statistics: ReadonlyMap<string, Value>;
  /** What probes keep, after the step. */
  readonly probes: readonly ProbeUpdate[];
  /** What is trained, in the order of the optimizer's vector. */
  readonly weights: readonly StateSpec[];
  readonly averages: readonly DeclaredAverage[];
}

/** A step of training, differentiated and updated. */
export interface LoweredStep extends LoweredTraining {
  /** ∂L/∂w of each of `weights`. */
  readonly slopes: readonly Value[];
  readonly step: OptimizerStep;
}

/** For an analysis without errors. */
export function lowerTraining(
  analysis: Analysis,
  context = new ProgramContext(new Builder(), analysis),
): LoweredTraining {
  const statistics = new StatisticUpdates();
  const objective = lowerObjective(context, trainingOptions(analysis, statistics));
  const weights = declaredWeights(context).map(({ spec }) => spec);
  const averages = declaredAverages(context);
  const probes = trainProbes(
    context,
    { ...trainingOptions(analysis), outputs: objective.inferred },
    objective.metrics,
  );
  return {
    ...objective,
    context,
    statistics: statistics.values,
    probes,
    weights,
    averages,
  };
}

/** The part of the optimizer that the training settings decide. */
export function optimizerSettings({
  training,
}: Analysis): Pick<Optimization, 'optimizer' | 'schedule' | 'clipNorm'> {
  const { optimizer, schedule, clipNorm, steps } = training;
  return { optimizer, schedule: { ...schedule, totalSteps: steps }, clipNorm };
}

/**
 * For an analysis without errors: a whole step, not yet a program. `ownClocks`: modules for whose bias corrections their own
 * steps count, beside those that are frozen in some.
 */
export function lowerStep(
  analysis: Analysis,
  ownClocks: ReadonlySet<string> = new Set(),
): LoweredStep {
  const lowered = lowerTraining(analysis);
  const { context, loss, statistics, probes, weights, averages } = lowered;
  const { builder } = context;
  const values = weights.map((spec) => context.stateArray(spec));
  const slopes = gradients(builder, loss, values);
  const factors = rateFactors(context);
  const step = optimize(builder, {
    weights: weights.map((spec, index) => ({
      spec,
      value: defined(values[index], `value of ${spec.name}`),
      gradient: defined(slopes[index], `gradient of ${spec.name}`),
      ...paceOf(context, spec, factors, ownClocks),
    })),
    statistics: [
      ...[...statistics].map(([name, next]) => ({
        name,
        current: context.stateArray(defined(context.state.get(name), `state ${name}`)),
        next,
      })),
      ...probes,
    ],
    averages: averages.map((average) => ({
      name: `averages of ${average.owner}`,
      members: average.weights.map(({ spec, followed }) => ({ spec, followed: followed.name })),
      rate: average.rate,
    })),
    loss,
    step: context.step,
    learningRate: context.liveScalar(LIVE.learningRate, analysis.training.learningRate),
    ...optimizerSettings(analysis),
  });
  return { ...lowered, slopes, step };
}

/** A module that is frozen in some steps counts its own. */
function paceOf(
  context: ProgramContext,
  { origin }: StateSpec,
  factors: ReadonlyMap<string, Value>,
  ownClocks: ReadonlySet<string>,
): Pace {
  const owner = origin ?? '';
  const isTrained = isTrainedNow(context, owner);
  return {
    rateFactor: factors.get(owner) ?? null,
    isTrained,
    clock: isTrained === null && !ownClocks.has(owner) ? null : owner,
  };
}

/**
 * One whole training step as a program: batch, inference of free variables, objective, gradients, optimizer,
 * averages of weights, running statistics, metrics.
 */
export function compileTraining(
  analysis: Analysis,
  ownClocks?: ReadonlySet<string>,
): Result<TrainingProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const { context, metrics, step } = lowerStep(analysis, ownClocks);
  metrics.add({ kind: 'gradNorm' }, step.gradientNorm);
  metrics.add({ kind: 'learningRate' }, step.learningRate);
  const program = finishProgram(context, {
    updates: step.updates,
    state: step.state,
    packs: step.packs,
    metrics: metrics.values,
    outputs: new Map(),
  });
  return success({ program, data: context.requests, metrics: metrics.metrics });
}
