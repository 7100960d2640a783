import { permuteIndex, randomKey } from '../core/random';
import { success, type Result } from '../core/result';
import type { BasinDocument } from '../document/schema';
import type { Registry } from '../graph/registry';
import type { AxisValue, SweepDefinition } from '../runs/sweepDefinition';
import { changeSetting } from '../document/changeSetting';

/** One training of a sweep. */
export interface Trial {
  /** Its place in the whole grid, whatever the order: seeds one after the other, in each all points, the last axis first. */
  readonly trial: number;
  /** One for each axis. */
  readonly values: readonly AxisValue[];
  readonly seed: number;
}

/** The number of points of the grid. */
export function pointCount({ axes }: Pick<SweepDefinition, 'axes'>): number {
  return axes.reduce((product, { values }) => product * values.length, 1);
}

/** The number of trials that will be run. */
export function trialCount(sweep: Pick<SweepDefinition, 'axes' | 'seeds' | 'trials'>): number {
  const whole = pointCount(sweep) * sweep.seeds;
  return Math.min(whole, sweep.trials ?? whole);
}

/** All trials in the order in which they are run. A random order is a function of the document's seed. */
export function trialsOf(sweep: SweepDefinition): readonly Trial[] {
  const whole = pointCount(sweep) * sweep.seeds;
  const key = randomKey(sweep.document.training.seed, 'sweep', 'order');
  return Array.from({ length: trialCount(sweep) }, (_, index) =>
    trialAt(sweep, sweep.order === 'grid' ? index : permuteIndex(key, 0, whole, index)),
  );
}

/** The trial at a place of the whole grid. */
export function trialAt(sweep: SweepDefinition, trial: number): Trial {
  const points = pointCount(sweep);
  let rest = trial % points;
  const values = sweep.axes
    .toReversed()
    .map(({ values: all }) => {
      const value = all[rest % all.length] ?? null;
      rest = Math.floor(rest / all.length);
      return value;
    })
    .toReversed();
  return { trial, values, seed: seedOf(sweep, Math.floor(trial / points)) };
}

/** Where the seed is an axis itself, it is counted on from that. */
function seedOf({ document }: SweepDefinition, index: number): number {
  return document.training.seed + index;
}

/** The graph of a trial: that of the sweep with its values, its seed and the sweep's number of steps. */
export function trialDocument(
  sweep: SweepDefinition,
  { values, seed }: Trial,
  registry: Registry,
): Result<BasinDocument> {
  const { steps } = sweep;
  let document: BasinDocument = {
    ...sweep.document,
    training: { ...sweep.document.training, seed, steps },
  };
  for (const [index, axis] of sweep.axes.entries()) {
    const changed = changeSetting(document, axis, values[index], registry);
    if (!changed.ok) return changed;
    document = changed.value;
  }
  return success(document);
}

/** A value as it stands at an axis or in a name. */
export function printedValue(value: AxisValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** `μ 5, ν 1`, with the labels of the axes. */
export function pointTitle({ axes }: SweepDefinition, values: readonly AxisValue[]): string {
  return axes
    .map(({ label }, index) => `${label} ${printedValue(values[index] ?? null)}`)
    .join(', ');
}
