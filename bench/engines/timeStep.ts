import type { GpuContext } from '../../src/engine/webgpu/gpuContext';
import type { GpuProgram } from '../../src/engine/webgpu/gpuProgram';

/** Length of a batch of equal dispatches: long against what a submit costs. */
const BATCH_MS = 30;
const BATCHES = 5;
const MOST_DISPATCHES = 2000;

/** Milliseconds of a step, in the quickest of several batches of many steps in one submit. */
export async function timeStep(context: GpuContext, gpu: GpuProgram): Promise<number> {
  const batch = async (dispatches: number): Promise<number> => {
    const encoder = context.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < dispatches; i++) gpu.encodeStep(pass);
    pass.end();
    const began = performance.now();
    context.submit(encoder);
    await context.device.queue.onSubmittedWorkDone();
    context.check();
    return performance.now() - began;
  };
  await batch(1);
  let dispatches = 1;
  while (dispatches < MOST_DISPATCHES && (await batch(dispatches)) < BATCH_MS) dispatches *= 2;
  let best = Infinity;
  for (let i = 0; i < BATCHES; i++) best = Math.min(best, await batch(dispatches));
  return best / dispatches;
}
