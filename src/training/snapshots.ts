import { GUARD_STATE } from '../compiler/optimizer/optimize';
import type { Diagnostic } from '../core/diagnostic';
import type { HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import type { Program } from '../ir/types';
import type { Snapshot } from './sessionState';

/** Copies of the arrays, for a receiver that may transfer them. */
export function copySnapshot({ step, state }: Snapshot): Snapshot {
  return { step, state: new Map([...state].map(([name, array]) => [name, array.slice()])) };
}

/** The snapshot with the guard open, so that a run goes on from it. */
export function withOpenGuard(program: Program, { step, state }: Snapshot): Snapshot {
  const guarded = program.state.some(({ name }) => name === GUARD_STATE);
  return guarded
    ? { step, state: new Map([...state, [GUARD_STATE, Float32Array.of(1)]]) }
    : { step, state };
}

/**
 * A snapshot of the whole state: what `snapshot` lacks, or has in another size, is taken from `initial`. A warning
 * says when arrays of it did not fit.
 */
export function completeSnapshot(
  program: Program,
  snapshot: Snapshot,
  initial: HostArrays,
): { readonly value: Snapshot; readonly diagnostics: readonly Diagnostic[] } {
  const fitting = fittingState(program, snapshot.state);
  const value = withOpenGuard(program, {
    step: snapshot.step,
    state: new Map([...initial, ...fitting]),
  });
  const unused = [...snapshot.state.keys()].filter((name) => !fitting.has(name));
  if (unused.length === 0) return { value, diagnostics: [] };
  const message = `${unused.length} of ${snapshot.state.size} arrays of the snapshot do not fit the graph and were left out: ${unused.slice(0, 5).join(', ')}${unused.length > 5 ? ', …' : ''}.`;
  return {
    value,
    diagnostics: [{ code: 'weights.file-mismatch', severity: 'warning', message }],
  };
}
