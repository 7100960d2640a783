import type { Diagnostic } from '../core/diagnostic';
import { defined } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import type { EngineDescriptor } from '../engine/descriptor';
import type { Engine } from '../engine/engine';
import { AUTOMATIC } from '../engine/engines';
import type { EngineHost } from '../engine/hosts/engineHost';
import type { Program } from '../ir/types';
import { startEngine } from '../engine/startEngine';
import type { ChosenEngine, EngineFactory } from './engineFactory';

/** Which of some engines is the fastest on this machine, with the evidence in one sentence. */
export type Calibrate = (
  engines: readonly Engine[],
) => Promise<{ readonly engine: Engine; readonly reason: string }>;

export interface EngineChoices {
  readonly factory: EngineFactory;
  /** Takes over from a device that is gone for good; none where the chosen engine needs no device. */
  readonly fallback: EngineFactory | undefined;
}

/**
 * What a session computes with. `auto` measures all engines of the table that may be chosen so, once, and stays with
 * the result; a named engine is taken or fails with `run.engine-unavailable`.
 */
export function chooseEngine(
  choice: string,
  table: readonly EngineDescriptor[],
  host: EngineHost,
  calibrate: Calibrate,
): EngineChoices {
  const portable = table.find((engine) => engine.portable && engine.automatic);
  const fallback: EngineFactory | undefined =
    portable &&
    (() => make(portable, table, host, 'The portable engine goes on where the GPU was lost.'));
  if (choice === AUTOMATIC) return { factory: automatic(table, host, calibrate), fallback };
  const named = table.find(({ name }) => name === choice);
  if (named === undefined) return { factory: unknown(choice, table), fallback: undefined };
  return {
    factory: () => make(named, table, host, 'You chose this engine.'),
    fallback: named.portable ? undefined : fallback,
  };
}

function unknown(choice: string, table: readonly EngineDescriptor[]): EngineFactory {
  const names = table.map(({ name }) => name).join(', ');
  return () =>
    Promise.resolve(
      failure({
        code: 'run.engine-unavailable',
        severity: 'error',
        message: `There is no engine “${choice}”.`,
        hint: `Choose one of ${AUTOMATIC}, ${names}.`,
      }),
    );
}

function automatic(
  table: readonly EngineDescriptor[],
  host: EngineHost,
  calibrate: Calibrate,
): EngineFactory {
  const candidates = table.filter((engine) => engine.automatic);
  // A rebuild after a lost device must not measure again: the run would change its engine.
  let decided: { readonly descriptor: EngineDescriptor; readonly reason: string } | null = null;
  return async () => {
    if (decided) return make(decided.descriptor, table, host, decided.reason);
    const tried = await Promise.all(
      candidates.map(async (descriptor) => ({
        descriptor,
        made: await startEngine(descriptor, host),
      })),
    );
    const ready = tried.flatMap(({ descriptor, made }): Candidate[] =>
      made.ok ? [{ descriptor, engine: made.value, diagnostics: made.diagnostics }] : [],
    );
    const missing = tried.flatMap(({ made }) => (made.ok ? [] : made.diagnostics));
    if (ready.length === 0) return failure(...missing);
    const { chosen, reason } = await pick(ready, missing, calibrate);
    decided = { descriptor: chosen.descriptor, reason };
    const roomier = roomierThan(chosen.descriptor, table, host);
    return success({ engine: chosen.engine, reason, roomier }, chosen.diagnostics);
  };
}

/** An engine that runs here. */
interface Candidate {
  readonly descriptor: EngineDescriptor;
  readonly engine: Engine;
  readonly diagnostics: readonly Diagnostic[];
}

interface Picked {
  readonly chosen: Candidate;
  readonly reason: string;
}

/** The one that is left or the fastest; the others are disposed of. */
async function pick(
  ready: readonly Candidate[],
  missing: readonly Diagnostic[],
  calibrate: Calibrate,
): Promise<Picked> {
  const [first, ...others] = ready;
  if (first && others.length === 0) {
    // Why no other was taken.
    return { chosen: first, reason: missing[0]?.message ?? 'No other engine is there.' };
  }
  const picked = await compare(ready, calibrate);
  for (const candidate of ready) if (candidate !== picked.chosen) candidate.engine.dispose();
  return picked;
}

async function compare(ready: readonly Candidate[], calibrate: Calibrate): Promise<Picked> {
  const find = (wanted: (candidate: Candidate) => boolean): Candidate =>
    defined(ready.find(wanted) ?? ready[0], 'an engine that runs here');
  try {
    const { engine, reason } = await calibrate(ready.map((candidate) => candidate.engine));
    return { chosen: find((candidate) => candidate.engine === engine), reason };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      chosen: find(({ descriptor }) => descriptor.portable),
      reason: `The engines could not be compared (${message}).`,
    };
  }
}

async function make(
  descriptor: EngineDescriptor,
  table: readonly EngineDescriptor[],
  host: EngineHost,
  reason: string,
): Promise<Result<ChosenEngine>> {
  const made = await startEngine(descriptor, host);
  if (!made.ok) return made;
  const roomier = roomierThan(descriptor, table, host);
  return success({ engine: made.value, reason, roomier }, made.diagnostics);
}

/** Finds an engine with room for a program that another one has none for. */
function roomierThan(
  { name }: EngineDescriptor,
  table: readonly EngineDescriptor[],
  host: EngineHost,
): (program: Program) => Promise<string | null> {
  return async (program) => {
    for (const other of table) {
      if (other.name !== name && (await other.hasRoom?.(program, host))) return other.label;
    }
    return null;
  };
}
