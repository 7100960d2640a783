import { restoreAxes } from '../../ir/compose';
import type { Value } from '../../ir/types';
import type { ProbeTarget } from '../analysis/probes';
import type { EvaluationOptions } from '../lowering/lower';
import type { MetricValues } from '../lowering/metricValues';
import type { ProgramContext } from '../lowering/programContext';
import { OnlineProbe, oneHot, type ProbeUpdate } from './onlineProbe';
import { probeArms, ProbeValues } from './probeValues';

/**
 * The step of every online probe, on what the training step has computed. It adds arrays of its own to the state and takes
 * part in neither loss, gradient norm nor guard, so the model is trained as it would be without. To be called once all that
 * the model reads has been declared.
 */
export function trainProbes(
  context: ProgramContext,
  options: EvaluationOptions,
  metrics: MetricValues,
): readonly ProbeUpdate[] {
  const values = new ProbeValues(context, options);
  const updates: ProbeUpdate[] = [];
  for (const probe of context.analysis.probes) {
    const { target, contract, node } = probe;
    if (!contract.online || !target) continue;
    const truth = values.target(probe, target);
    for (const arm of probeArms(probe).keys()) {
      const features = values.features(probe, arm);
      context.builder.withOrigin(node.id, () => {
        const step = new OnlineProbe(context, probe, target, arm, features).step(truth);
        updates.push(...step.updates);
        if (arm !== 'trained') return;
        metrics.add(
          { kind: 'probe', nodeId: node.id },
          score(context, step.prediction, truth, target),
        );
      });
    }
  }
  return updates;
}

/** Accuracy, or the mean of R² = 1 − Σ(t − p)²/Σ(t − t̄)² over the numbers of the target: a scalar. */
function score(
  context: ProgramContext,
  prediction: Value,
  truth: Value,
  target: ProbeTarget,
): Value {
  const { builder } = context;
  if (target.kind === 'classes') {
    const chosen = builder.cast(builder.argReduce('max', prediction, 1), 'f32');
    const hits = builder.mul(
      oneHot(context, chosen, target.count),
      oneHot(context, truth, target.count),
    );
    return builder.mean(builder.sum(hits, [1]));
  }
  const squares = (x: Value): Value => builder.sum(builder.square(x), [0]);
  const centre = restoreAxes(builder, builder.mean(truth, [0]), truth.shape, [0]);
  const total = builder.max(squares(builder.sub(truth, centre)), LEAST_SQUARES);
  const rest = builder.div(squares(builder.sub(truth, prediction)), total);
  return builder.sub(1, builder.mean(rest));
}

/** Instead of a division by 0 where all targets of a batch are the same. */
const LEAST_SQUARES = 1e-12;
