import type { BasinDocument } from '../../document/schema';
import { LIVE } from '../../compiler/names';
import { liveParameters, neutralValue } from '../../graph/parameterMeta';
import type { Registry } from '../../graph/registry';
import { failure, success, type Result } from '../../core/result';
import { pointCount, trialDocument, type Trial } from '../trials';
import type { AxisValue, SweepAxis, SweepDefinition } from '../../runs/sweepDefinition';

/** How a script takes a value of an axis: as a number that it can be given, or by being another script. */
export type AxisUse =
  { readonly as: 'number'; readonly option: string } | { readonly as: 'script' };

/** One script of a sweep. */
export interface SweepVariant {
  /** The numbers of its values of the axes that are scripts, and that of its seed. */
  readonly key: readonly number[];
  readonly document: BasinDocument;
}

export interface PytorchSweep {
  readonly sweep: SweepDefinition;
  /** In the order of the axes. */
  readonly uses: readonly AxisUse[];
  readonly variants: readonly SweepVariant[];
}

/** Scripts at most: each has weights of its own, and often data. */
const MOST_VARIANTS = 256;

/**
 * Which scripts a sweep needs: one for each combination of what cannot be told to a script, among it the seed, which decides weights,
 * data and noise.
 */
export function sweepVariants(sweep: SweepDefinition, registry: Registry): Result<PytorchSweep> {
  const uses = sweep.axes.map((axis) => useOf(sweep.document, axis, registry));
  const combinations = uses.reduce<number[][]>(
    (all, use, index) => {
      const count = sweep.axes[index]?.values.length ?? 0;
      const choices = Array.from({ length: count }, (_, choice) => choice);
      return use.as === 'number'
        ? all
        : all.flatMap((key) => choices.map((choice) => [...key, choice]));
    },
    [[]],
  );
  const count = combinations.length * sweep.seeds;
  if (count > MOST_VARIANTS) {
    return failure({
      code: 'export.unsupported',
      severity: 'error',
      message: `This sweep needs ${count} scripts, and ${MOST_VARIANTS} are the most: each combination of what changes the program, and each seed, is one of its own.`,
      hint: 'Sweep fewer values, or numbers that a run can be given: weights of terms, rates, temperatures, the learning rate.',
    });
  }
  const variants: SweepVariant[] = [];
  for (let seed = 0; seed < sweep.seeds; seed++) {
    for (const combination of combinations) {
      const document = trialDocument(sweep, trialOf(sweep, uses, combination, seed), registry);
      if (!document.ok) return document;
      variants.push({ key: [...combination, seed], document: document.value });
    }
  }
  return success({ sweep, uses, variants });
}

/** A trial with these values of the scripts' axes, and the first ones of the others. */
function trialOf(
  sweep: SweepDefinition,
  uses: readonly AxisUse[],
  combination: readonly number[],
  seedIndex: number,
): Trial {
  const rest = [...combination];
  const values = sweep.axes.map(({ values: all }, index): AxisValue => {
    const choice = uses[index]?.as === 'script' ? (rest.shift() ?? 0) : 0;
    return all[choice] ?? null;
  });
  const seed = sweep.document.training.seed + seedIndex;
  return { trial: seedIndex * pointCount(sweep), values, seed };
}

function useOf(document: BasinDocument, axis: SweepAxis, registry: Registry): AxisUse {
  if (axis.target === 'training') {
    return axis.parameter === 'learningRate'
      ? { as: 'number', option: '--rate' }
      : { as: 'script' };
  }
  const node = document.nodes.find(({ id }) => id === axis.target);
  const definition = node && registry.get(node.kind);
  const isNumber =
    definition !== undefined &&
    liveParameters(definition).includes(axis.parameter) &&
    // One that programs leave out at some value is another program at others.
    neutralValue(definition, axis.parameter) === null &&
    axis.values.every((value) => typeof value === 'number');
  return isNumber
    ? { as: 'number', option: LIVE.parameter(axis.target, axis.parameter) }
    : { as: 'script' };
}
