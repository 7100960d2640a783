import { planNumbers } from '../../src/codegen/report/planNumbers';
import { planProgram } from '../../src/codegen/planProgram';
import type { Plan } from '../../src/codegen/plan';
import type { Result } from '../../src/core/result';
import type { Engine, Executable } from '../../src/engine/engine';
import { makeArrays } from '../workloads/arrays';
import type { Program } from '../../src/ir/types';
import { basinStep } from './basinStep';
import type { BenchEngine, Training } from './contract';
import { encodingTime } from './gpuCalls';

/** Basin's compiled engine. */
export async function basinWebGPU(): Promise<BenchEngine> {
  const { createWebGPUEngine } = await import('../../src/engine/webgpu/createWebGPUEngine');
  const engine = unwrap(await createWebGPUEngine());
  return basinEngine(engine, (program) => touchedBytes(planProgram(program, engine.planOptions)));
}

/** Basin's portable engine on the wasm backend of TensorFlow.js. */
export async function basinTfjsWasm(): Promise<BenchEngine> {
  const { createTfjsEngine } = await import('../../src/engine/tfjs/createTfjsEngine');
  const { browserWasmPaths } = await import('../../src/engine/tfjs/browserWasm');
  const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: browserWasmPaths });
  return basinEngine(unwrap(made), () => null);
}

function basinEngine(
  engine: Engine,
  bytesPerStep: (program: Program) => number | null,
): BenchEngine {
  const onDevice = engine.info.name === 'webgpu';
  return {
    backend: engine.info.description,
    start: async ({ model }) => {
      const { program, data, weights } = basinStep(model, makeArrays(model));
      const executable = await engine.compile(program, data);
      executable.writeState(weights);
      await executable.run(1);
      return training(executable, bytesPerStep(program), onDevice);
    },
  };
}

function training(
  executable: Executable,
  bytesPerStep: number | null,
  onDevice: boolean,
): Training {
  let last = NaN;
  return {
    bytesPerStep,
    run: async (steps) => {
      const before = encodingTime();
      await executable.run(steps);
      return { jsMs: onDevice ? encodingTime() - before : null };
    },
    loss: async () => {
      const { names, values } = await executable.drainMetrics();
      last = values[values.length - names.length + names.indexOf('loss')] ?? last;
      return last;
    },
    dispose: () => executable.dispose(),
  };
}

/** Bytes of the arrays that the kernels of a step read and write. */
function touchedBytes(plan: Plan): number {
  return planNumbers(plan).kernels.reduce(
    (sum, { count, bytesRead, bytesWritten }) => sum + count * (bytesRead + bytesWritten),
    0,
  );
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}
