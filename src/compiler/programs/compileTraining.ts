import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { gradients } from '../autodiff/gradients';
import { LIVE } from '../names';
import type { TrainingProgram } from './compiled';
import { trainingOptions } from '../lowering/lower';
import { declaredWeights, ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';
import { lowerObjective } from './objectiveValues';
import { optimize } from '../optimizer/optimize';

/**
 * One whole training step as a program: batch, inference of free variables, objective, gradients, optimizer,
 * running statistics, metrics.
 */
export function compileTraining(analysis: Analysis): Result<TrainingProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const { training } = analysis;
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const statistics = new Map<string, Value>();
  const { loss, metrics } = lowerObjective(context, trainingOptions(analysis, statistics));

  // Only what the objective reads has been declared: an idle module is left alone.
  const weights = declaredWeights(context);
  const slopes = gradients(
    builder,
    loss,
    weights.map(({ value }) => value),
  );
  const step = optimize(builder, {
    weights: weights.map(({ spec, value }, index) => ({
      spec,
      value,
      gradient: defined(slopes[index], `gradient of ${spec.name}`),
    })),
    statistics: [...statistics].map(([name, next]) => ({
      name,
      current: context.stateArray(defined(context.state.get(name), `state ${name}`)),
      next,
    })),
    loss,
    step: context.step,
    learningRate: context.liveScalar(LIVE.learningRate, training.learningRate),
    optimizer: training.optimizer,
    schedule: { ...training.schedule, totalSteps: training.steps },
    clipNorm: training.clipNorm,
  });
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
