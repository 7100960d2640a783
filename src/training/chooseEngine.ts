import type { Diagnostic } from '../core/diagnostic';
import { unreachable } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import type { Engine, EngineName } from '../engine/engine';
import type { ChosenEngine, EngineFactory } from './engineFactory';

/** How each engine is made here: in a browser's worker, or in Node. */
export type EngineMakers = Readonly<Record<EngineName, () => Promise<Result<Engine>>>>;

/** Which of two engines is faster on this machine, with the evidence in one sentence. */
export type Calibrate = (
  first: Engine,
  second: Engine,
) => Promise<{ readonly engine: Engine; readonly reason: string }>;

export interface EngineChoices {
  readonly factory: EngineFactory;
  /** Takes over from a GPU that is gone for good; none when the user wants no other engine than what remains. */
  readonly fallback: EngineFactory | undefined;
}

/**
 * What a session computes with. `auto` measures WebGPU against TensorFlow.js once, and stays with the result; a named
 * engine is taken or fails with `run.engine-unavailable`.
 */
export function chooseEngine(
  choice: 'auto' | EngineName,
  makers: EngineMakers,
  calibrate: Calibrate,
): EngineChoices {
  const portable: EngineFactory = () =>
    make(makers.tfjs, 'The portable engine goes on where the GPU was lost.');
  switch (choice) {
    case 'auto':
      return { factory: automatic(makers, calibrate), fallback: portable };
    case 'webgpu':
      return { factory: chosen('webgpu', makers), fallback: portable };
    case 'tfjs':
    case 'reference':
      return { factory: chosen(choice, makers), fallback: undefined };
    default:
      return unreachable(choice);
  }
}

function chosen(name: EngineName, makers: EngineMakers): EngineFactory {
  return () => make(makers[name], 'You chose this engine.');
}

function automatic(makers: EngineMakers, calibrate: Calibrate): EngineFactory {
  // A rebuild after a lost device must not measure again: the run would change its engine.
  let decided: { readonly name: EngineName; readonly reason: string } | null = null;
  return async () => {
    if (decided) return make(makers[decided.name], decided.reason);
    const [webgpu, tfjs] = await Promise.all([makers.webgpu(), makers.tfjs()]);
    const picked = await pick(webgpu, tfjs, calibrate);
    if (picked.ok) decided = { name: picked.value.engine.info.name, reason: picked.value.reason };
    return picked;
  };
}

async function pick(
  webgpu: Result<Engine>,
  tfjs: Result<Engine>,
  calibrate: Calibrate,
): Promise<Result<ChosenEngine>> {
  if (webgpu.ok && tfjs.ok) {
    const faster = await compare(webgpu.value, tfjs.value, calibrate);
    return success(faster, faster.engine === tfjs.value ? tfjs.diagnostics : webgpu.diagnostics);
  }
  if (tfjs.ok) return success({ engine: tfjs.value, reason: messageOf(webgpu) }, tfjs.diagnostics);
  if (webgpu.ok) {
    return success({ engine: webgpu.value, reason: messageOf(tfjs) }, webgpu.diagnostics);
  }
  return failure(...webgpu.diagnostics, ...tfjs.diagnostics);
}

async function compare(webgpu: Engine, tfjs: Engine, calibrate: Calibrate): Promise<ChosenEngine> {
  try {
    const result = await calibrate(webgpu, tfjs);
    (result.engine === webgpu ? tfjs : webgpu).dispose();
    return result;
  } catch (error) {
    webgpu.dispose();
    const message = error instanceof Error ? error.message : String(error);
    return { engine: tfjs, reason: `WebGPU failed its calibration (${message}).` };
  }
}

async function make(
  maker: () => Promise<Result<Engine>>,
  reason: string,
): Promise<Result<ChosenEngine>> {
  const made = await maker();
  return made.ok ? success({ engine: made.value, reason }, made.diagnostics) : made;
}

/** Why the other engine was not taken. */
function messageOf({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): string {
  return diagnostics[0]?.message ?? 'The other engine cannot run here.';
}
