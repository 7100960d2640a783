import { hasErrors } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import type { Builder } from '../../ir/builder';
import { elementCount, type Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { gradients } from '../autodiff/gradients';
import { metricName } from '../metrics';
import { GRADIENT_OUTPUT, type GradientProgram, type NamedNode } from './compiled';
import { lowerStep, type LoweredStep } from './compileTraining';
import { finishProgram } from './finishProgram';
import { representationPorts } from './representationPorts';

/**
 * What the next step of training would do: how steep the loss is in the weights of each module, how far the optimizer would
 * move them, and how hard each term of the objective pulls at each representation. Nothing is updated. Where the optimizer's
 * state is not given it is that of a first step, which says nothing of how far weights move.
 * `ownClocks` as for the training step.
 */
export function compileGradients(
  analysis: Analysis,
  ownClocks?: ReadonlySet<string>,
): Result<GradientProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const lowered = lowerStep(analysis, ownClocks);
  const { context, step } = lowered;
  const labelled = (nodeId: string): NamedNode => ({
    nodeId,
    label: analysis.graph.byId.get(nodeId)?.label ?? nodeId,
  });
  const owners = [...new Set(lowered.weights.map(({ origin }) => origin ?? ''))];
  const terms = [...new Set(analysis.objective.map(({ nodeId }) => nodeId))];
  const ports = representationPorts(analysis, analysis.training.batchSize);
  const outputs = new Map<string, Value>();
  if (owners.length > 0) outputs.set(GRADIENT_OUTPUT.modules, moduleNorms(lowered, owners));
  if (ports.length > 0 && terms.length > 0) {
    const values = ports.map((port) => lowered.evaluation.output(port));
    outputs.set(GRADIENT_OUTPUT.terms, termNorms(lowered, values, terms));
  }
  const program = finishProgram(context, {
    updates: new Map(),
    state: step.state,
    packs: step.packs,
    metrics: new Map(),
    outputs,
  });
  return success({
    program,
    data: context.requests,
    modules: owners.map(labelled),
    ports: ports.map(({ key }) => key),
    terms: terms.map(labelled),
  });
}

/** `[owners, 3]`. */
function moduleNorms(
  { context: { builder }, weights, slopes, step }: LoweredStep,
  owners: readonly string[],
): Value {
  const { before, after } = defined(step.trained, 'trained weights');
  const move = builder.sub(after, before);
  const sums = owners.map(() => ({
    gradient: zero(builder),
    weight: zero(builder),
    move: zero(builder),
  }));
  let start = 0;
  weights.forEach(({ name, shape, origin }, index) => {
    const end = start + elementCount(shape);
    const sum = defined(sums[owners.indexOf(origin ?? '')], `owner of ${name}`);
    const slope = defined(slopes[index], `gradient of ${name}`);
    sum.gradient = builder.add(sum.gradient, squares(builder, slope));
    sum.weight = builder.add(
      sum.weight,
      squares(builder, builder.sliceAxis(before, 0, start, end)),
    );
    sum.move = builder.add(sum.move, squares(builder, builder.sliceAxis(move, 0, start, end)));
    start = end;
  });
  const numbers = sums.flatMap(({ gradient, weight, move: moved }) => [gradient, weight, moved]);
  return table(builder, numbers, [owners.length, 3]);
}

/** `[values, terms]`. */
function termNorms(
  { context: { builder }, metrics }: LoweredStep,
  values: readonly Value[],
  terms: readonly string[],
): Value {
  const byTerm = terms.map((nodeId) => {
    const name = metricName({ kind: 'term', nodeId });
    return gradients(builder, defined(metrics.values.get(name), name), values);
  });
  const numbers = values.flatMap((_, row) =>
    byTerm.map((slopes) => squares(builder, defined(slopes[row], 'gradient'))),
  );
  return table(builder, numbers, [values.length, terms.length]);
}

function zero(builder: Builder): Value {
  return builder.constant(0);
}

/** Σx². */
function squares(builder: Builder, value: Value): Value {
  return builder.sum(builder.square(value));
}

/** The roots of scalars, in rows. */
function table(builder: Builder, scalars: readonly Value[], shape: readonly number[]): Value {
  const numbers = scalars.map((scalar) => builder.reshape(scalar, [1]));
  return builder.reshape(builder.sqrt(builder.concat(numbers, 0)), shape);
}
