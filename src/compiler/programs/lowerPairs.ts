import type { Builder } from '../../ir/builder';
import { rollRows } from '../../ir/compose';
import { elementCount, type Value } from '../../ir/types';
import { portKey, type PortKey, type PortReference } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { OUTPUT, type ContrastKind } from './compiled';
import type { Contrast } from './contrast';
import type { Watching } from './watchedEnergies';

/**
 * F(x, y) and F(x, y_other) of every energy, by step too where it is over a sequence, the free variables inferred for each pairing; and E(x, y, z_other) beside
 * E(x, y, z), which says how much a latent carries. Where y_other is off the data and compared with a prediction, E(x, y_other) with that for
 * the true y says how large the energy can be at all. Returns the evaluation of true pairs.
 */
export function lowerPairs(
  context: ProgramContext,
  options: EvaluationOptions,
  energies: readonly Watching[],
  outputs: Map<string, Value>,
): Evaluation {
  const { builder } = context;
  const found = inferFreeVariables(context, options);
  const truth = new Evaluation(context, { ...options, outputs: found });
  const contrasted = contrastedEvaluations(context, options, truth);
  const latentShuffled = new Evaluation(context, {
    ...options,
    outputs: latentsOf(energies, truth, (z) => rollRows(builder, z)),
  });
  const latentOwn = new Evaluation(context, {
    ...options,
    outputs: latentsOf(energies, truth, (z) => z),
  });
  for (const { node, contrast, latents } of energies) {
    const port = node.ports.outputs.find(({ type }) => type === 'energy');
    if (!port) continue;
    const reference = { nodeId: node.id, port: port.name };
    const bySteps = (name: string, evaluation: Evaluation): void => {
      const steps = evaluation.energyBySteps(reference);
      if (steps) outputs.set(name, builder.mean(steps, [0]));
    };
    outputs.set(OUTPUT.energy(node.id), truth.output(reference));
    bySteps(OUTPUT.energySteps(node.id), truth);
    if (contrast) {
      const others = contrasted(contrast);
      outputs.set(OUTPUT.shuffledEnergy(node.id), others.output(reference));
      bySteps(OUTPUT.shuffledEnergySteps(node.id), others);
    }
    const target = contrast?.target;
    if (target && contrast.kind !== 'shuffled') {
      const mismatch = new Evaluation(context, {
        ...options,
        outputs: found,
        inputs: new Map([
          [
            portKey(node.id, target.port),
            (value: Value, index: number) =>
              index === target.index ? rollRows(builder, value) : value,
          ],
        ]),
      });
      outputs.set(OUTPUT.mismatchedEnergy(node.id), mismatch.output(reference));
    }
    if (latents.length > 0) {
      outputs.set(OUTPUT.latentEnergy(node.id), latentOwn.output(reference));
      outputs.set(OUTPUT.latentShuffledEnergy(node.id), latentShuffled.output(reference));
    }
  }
  return truth;
}

/** Evaluations with y replaced, one for all energies that replace the same; `truth` is that of true pairs. */
export function contrastedEvaluations(
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
    for (const y of replaced) set(y, (value) => OTHERS[kind](builder, value));
    const pairing = { ...options, outputs: values };
    const evaluation = new Evaluation(context, {
      ...pairing,
      outputs: inferFreeVariables(context, pairing),
    });
    made.set(key, evaluation);
    return evaluation;
  };
}

/** What stands in for y_other, of the same rows. */
const OTHERS: Readonly<Record<ContrastKind, (builder: Builder, value: Value) => Value>> = {
  shuffled: rollRows,
  blended: blendRows,
  recombined: recombineRows,
};

/** The latents as they were found for true pairs, changed. */
function latentsOf(
  energies: readonly Watching[],
  truth: Evaluation,
  change: (z: Value) => Value,
): Map<PortKey, Value> {
  const changed = new Map<PortKey, Value>();
  for (const latent of energies.flatMap(({ latents }) => latents)) {
    for (const { name, type } of latent.ports.outputs) {
      if (type !== 'tensor') continue;
      const z = truth.output({ nodeId: latent.id, port: name });
      changed.set(portKey(latent.id, name), change(z));
    }
  }
  return changed;
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

/**
 * Points off the data whose numbers are each one of the data's: the j-th number is that of the row j + 1 further on. Each
 * number keeps its distribution, and what ties them together is lost. A blend of units would be no state of theirs, and an
 * energy that is a quadratic form has the same mean on blends as on data.
 */
function recombineRows(builder: Builder, value: Value): Value {
  const [rows = 1, ...rest] = value.shape;
  const size = elementCount(rest);
  const shape = [rows, size];
  const row = builder.iota(shape, 0);
  const column = builder.iota(shape, 1);
  const one = builder.constant(1, shape, 'i32');
  const further = builder.cast(builder.add(builder.add(row, column), one), 'f32');
  const rounds = builder.unary('floor', builder.mul(builder.add(further, 0.5), 1 / rows));
  const from = builder.cast(builder.sub(further, builder.mul(rounds, rows)), 'i32');
  const place = builder.add(builder.mul(from, builder.constant(size, shape, 'i32')), column);
  const numbers = builder.gather(
    builder.reshape(value, [rows * size]),
    builder.reshape(place, [rows * size]),
  );
  return builder.reshape(numbers, value.shape);
}
