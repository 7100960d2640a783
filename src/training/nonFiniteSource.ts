import type { Check, DiagnosisProgram } from '../compiler/programs/compileDiagnosis';
import { DeviceLostError, type Engine, type HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import type { Program, StateSpec } from '../ir/types';
import type { Keeper, PreparedTraining } from './prepareTraining';
import type { Snapshot } from './sessionState';

/** What of a bad step was the first that was not finite. */
export type NonFiniteSource =
  | Check
  /** The state in which it began: weights, running statistics or what the optimizer keeps. */
  | {
      readonly kind: 'state';
      readonly purpose: StateSpec['purpose'];
      readonly nodeId: string | null;
      readonly keeper: Keeper;
    }
  /** Every derivative is finite, but √Σg² is not: the node whose weights have the largest. */
  | { readonly kind: 'gradientNorm'; readonly nodeId: string | null };

export interface BadStep {
  readonly engine: Engine;
  readonly prepared: PreparedTraining;
  /** The state in which the bad step began. */
  readonly before: Snapshot;
  readonly live: Readonly<Record<string, number>>;
}

/**
 * The first array of a state with a number that is not finite, in the order of the program; null when all are. What probes keep
 * does not count: a probe ends no run.
 */
export function unsoundState({ state: specs }: Program, state: HostArrays): StateSpec | null {
  const own = specs.filter(({ purpose }) => purpose !== 'probe');
  return own.find(({ name }) => !allFinite(state.get(name) ?? [])) ?? null;
}

/** A loop, as states have millions of numbers and are looked through at every evaluation. */
function allFinite(numbers: ArrayLike<number>): boolean {
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(numbers[i])) return false;
  }
  return true;
}

/**
 * Looks through the state before the bad step, then replays it on `engine`. Null when nothing was found, or when it could
 * not be looked for. Throws when the device is lost.
 */
export async function findSource(bad: BadStep): Promise<NonFiniteSource | null> {
  const unsound = unsoundState(bad.prepared.training.program, bad.before.state);
  if (unsound) {
    const { purpose, origin: nodeId } = unsound;
    return { kind: 'state', purpose, nodeId, keeper: bad.prepared.keeperOf(nodeId) };
  }
  try {
    const diagnosis = bad.prepared.diagnosis();
    return diagnosis.ok ? await replay(bad, diagnosis.value) : null;
  } catch (error) {
    if (error instanceof DeviceLostError) throw error;
    // The run has failed already: that its cause cannot be found must not hide it.
    return null;
  }
}

async function replay(
  { engine, prepared, before, live }: BadStep,
  { program, checks, largest }: DiagnosisProgram,
): Promise<NonFiniteSource> {
  const executable = await engine.compile(program, prepared.data);
  try {
    executable.writeState(fittingState(program, before.state), before.step);
    executable.setLive(live);
    await executable.run(1);
    const { names, values } = await executable.drainMetrics();
    const numbers = new Map(names.map((name, column) => [name, values[column] ?? NaN]));
    const first = [...checks].find(([name]) => numbers.get(name) === 0);
    if (first) return first[1];
    const [steepest] = [...largest].sort(
      ([a], [b]) => (numbers.get(b) ?? 0) - (numbers.get(a) ?? 0),
    );
    return { kind: 'gradientNorm', nodeId: steepest?.[1] ?? null };
  } finally {
    executable.dispose();
  }
}
