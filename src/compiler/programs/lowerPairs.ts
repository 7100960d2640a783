import type { Builder } from '../../ir/builder';
import { rollRows } from '../../ir/compose';
import type { Value } from '../../ir/types';
import { portKey, type PortKey, type PortReference } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { OUTPUT } from './compiled';
import type { Contrast } from './contrast';
import type { Watching } from './watchedEnergies';

/**
 * F(x, y) and F(x, y_other) of every energy, the free variables inferred for each pairing; and E(x, y, z_other), which
 * says how much a latent carries. Where y_other is off the data, E(x, y_other) with the prediction for the true y
 * says how large the energy can be at all.
 */
export function lowerPairs(
  context: ProgramContext,
  options: EvaluationOptions,
  energies: readonly Watching[],
  outputs: Map<string, Value>,
): void {
  const { builder } = context;
  const found = inferFreeVariables(context, options);
  const truth = new Evaluation(context, { ...options, outputs: found });
  const contrasted = contrastedEvaluations(context, options, truth);
  const latentShuffled = new Evaluation(context, {
    ...options,
    outputs: shuffledLatents(builder, energies, truth),
  });
  for (const { node, contrast, latents } of energies) {
    const port = node.ports.outputs.find(({ type }) => type === 'energy');
    if (!port) continue;
    const reference = { nodeId: node.id, port: port.name };
    outputs.set(OUTPUT.energy(node.id), truth.output(reference));
    if (contrast) {
      outputs.set(OUTPUT.shuffledEnergy(node.id), contrasted(contrast).output(reference));
    }
    if (contrast?.kind === 'off-data') {
      const mismatch = new Evaluation(context, {
        ...options,
        outputs: found,
        inputs: new Map([
          [
            portKey(node.id, contrast.targetPort),
            (value: Value, index: number) =>
              index === contrast.targetIndex ? rollRows(builder, value) : value,
          ],
        ]),
      });
      outputs.set(OUTPUT.mismatchedEnergy(node.id), mismatch.output(reference));
    }
    if (latents.length > 0) {
      outputs.set(OUTPUT.latentShuffledEnergy(node.id), latentShuffled.output(reference));
    }
  }
}

/** Evaluations with y replaced, one for all energies that replace the same. */
function contrastedEvaluations(
  context: ProgramContext,
  options: EvaluationOptions,
  truth: Evaluation,
): (contrast: Contrast) => Evaluation {
  const { builder } = context;
  const made = new Map<string, Evaluation>();
  return ({ kind, replaced, kept }) => {
    const key = JSON.stringify([kind, replaced, kept]);
    const known = made.get(key);
    if (known) return known;
    const values = new Map<PortKey, Value>();
    const set = (reference: PortReference, change: (value: Value) => Value): void => {
      const value = truth.output(reference);
      values.set(portKey(reference.nodeId, reference.port), change(value));
    };
    for (const x of kept) set(x, (value) => value);
    for (const y of replaced) {
      set(y, (value) => (kind === 'shuffled' ? rollRows : blendRows)(builder, value));
    }
    const pairing = { ...options, outputs: values };
    const evaluation = new Evaluation(context, {
      ...pairing,
      outputs: inferFreeVariables(context, pairing),
    });
    made.set(key, evaluation);
    return evaluation;
  };
}

function shuffledLatents(
  builder: Builder,
  energies: readonly Watching[],
  truth: Evaluation,
): Map<PortKey, Value> {
  const shuffled = new Map<PortKey, Value>();
  for (const latent of energies.flatMap(({ latents }) => latents)) {
    for (const { name, type } of latent.ports.outputs) {
      if (type !== 'tensor') continue;
      const z = truth.output({ nodeId: latent.id, port: name });
      shuffled.set(portKey(latent.id, name), rollRows(builder, z));
    }
  }
  return shuffled;
}

/**
 * Points off the data: each row blended with the next, μ + (y − μ + y_next − μ)/√2. Around the mean μ of the batch a plain
 * average of two rows would be closer to it than data is, and so easy for every energy that grows with the distance
 * from it; divided by √2 the sum has the data's own mean and covariance, so that nothing but being off the data tells.
 */
function blendRows(builder: Builder, value: Value): Value {
  const centre = builder.broadcast(
    builder.mean(value, [0]),
    value.shape,
    value.shape.slice(1).map((_, axis) => axis + 1),
  );
  const deviation = builder.sub(value, centre);
  const sum = builder.add(deviation, rollRows(builder, deviation));
  return builder.add(centre, builder.mul(sum, Math.SQRT1_2));
}
