import { defined } from '../../src/core/invariant';
import type { DType } from '../../src/ir/types';
import type { Engine, HostArray } from '../../src/engine/engine';
import type { ParityCase } from './parityCase';

/** One element on which two engines are furthest apart, measured against the tolerance. */
export interface Disagreement {
  /** `output y0`, `state w` or `metric loss`. */
  readonly of: string;
  readonly index: number;
  readonly expected: number;
  readonly actual: number;
}

export interface ParityReport {
  readonly name: string;
  /** max |actual − expected| over all compared elements. */
  readonly maxAbsolute: number;
  /** max |actual − expected| / |expected| over those with |expected| above the absolute tolerance. */
  readonly maxRelative: number;
  /** |actual − expected| / (absoluteTolerance + relativeTolerance·|expected|) at `worst`; at most 1 agrees. */
  readonly excess: number;
  readonly worst: Disagreement | null;
  readonly agrees: boolean;
}

/** Everything that can be seen of a run. */
interface Observation {
  readonly of: string;
  readonly dtype: DType;
  readonly values: HostArray;
}

/** Runs the case on both engines and compares outputs, state and metrics of every step. */
export async function compareEngines(
  reference: Engine,
  other: Engine,
  parityCase: ParityCase,
): Promise<ParityReport> {
  const expected = await observe(reference, parityCase);
  const actual = await observe(other, parityCase);
  return compareObservations(expected, actual, parityCase);
}

async function observe(engine: Engine, parityCase: ParityCase): Promise<Observation[]> {
  const { program, data, steps, liveAfterFirstStep } = parityCase;
  const executable = await engine.compile(program, data);
  try {
    await executable.run(1);
    if (liveAfterFirstStep) executable.setLive(liveAfterFirstStep);
    if (steps > 1) await executable.run(steps - 1);
    const outputs = await executable.readOutputs();
    const state = await executable.readState();
    const metrics = await executable.drainMetrics();
    const observations: Observation[] = [];
    for (const [name, value] of program.outputs) {
      const values = defined(outputs.get(name), `output ${name}`);
      observations.push({ of: `output ${name}`, dtype: value.dtype, values });
    }
    for (const { name, dtype } of program.state) {
      const values = defined(state.get(name), `state ${name}`);
      observations.push({ of: `state ${name}`, dtype, values });
    }
    const position = new Map(metrics.names.map((name, index) => [name, index]));
    for (const name of program.metrics.keys()) {
      const column = defined(position.get(name), `metric ${name}`);
      const values = Float64Array.from(
        { length: metrics.rows },
        (_, row) => metrics.values[row * metrics.names.length + column] ?? NaN,
      );
      observations.push({ of: `metric ${name}`, dtype: 'f32', values });
    }
    return observations;
  } finally {
    executable.dispose();
  }
}

function compareObservations(
  expected: readonly Observation[],
  actual: readonly Observation[],
  { name, relativeTolerance, absoluteTolerance }: ParityCase,
): ParityReport {
  let maxAbsolute = 0;
  let maxRelative = 0;
  let excess = 0;
  let worst: Disagreement | null = null;
  expected.forEach(({ of, dtype, values }, number) => {
    const others = defined(actual[number], of).values;
    const length = Math.max(values.length, others.length);
    for (let index = 0; index < length; index++) {
      const want = values[index] ?? NaN;
      const have = others[index] ?? NaN;
      const missing = index >= values.length || index >= others.length;
      const difference = missing ? Infinity : distance(want, have);
      // Indices and masks are exact.
      const allowed = dtype === 'f32' ? absoluteTolerance + relativeTolerance * Math.abs(want) : 0;
      const here = difference === 0 ? 0 : difference / allowed;
      maxAbsolute = Math.max(maxAbsolute, difference);
      if (Math.abs(want) > absoluteTolerance) {
        maxRelative = Math.max(maxRelative, difference / Math.abs(want));
      }
      if (here > excess) {
        excess = here;
        worst = { of, index, expected: want, actual: have };
      }
    }
  });
  return { name, maxAbsolute, maxRelative, excess, worst, agrees: excess <= 1 };
}

/** |a − b|; 0 for the same infinity and for two NaNs, infinite when only one is finite. */
function distance(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const difference = Math.abs(a - b);
  return Number.isFinite(difference) ? difference : Infinity;
}

/** One line for a failed assertion. */
export function describeReport({ name, excess, worst }: ParityReport): string {
  if (worst === null) return `${name}: equal`;
  const { of, index, expected, actual } = worst;
  return `${name}: ${of}[${index}] expected ${expected}, found ${actual} (${excess.toPrecision(3)} × the tolerance)`;
}
