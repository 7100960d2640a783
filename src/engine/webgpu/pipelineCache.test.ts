import { expect, it } from 'vitest';
import type { Kernel } from '../../codegen/plan';
import type { GpuContext } from './gpuContext';
import { PipelineCache } from './pipelineCache';

/** A device whose pipelines are made when the test says so. */
function setup() {
  const asked: { make(): void; refuse(): void }[] = [];
  let isGone = false;
  const device = {
    pushErrorScope: () => undefined,
    popErrorScope: () => Promise.resolve(null),
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createShaderModule: () => ({ getCompilationInfo: () => Promise.resolve({ messages: [] }) }),
    createComputePipelineAsync: () =>
      new Promise((make, reject) => {
        asked.push({ make: () => make({}), refuse: () => reject(new Error('no')) });
      }),
  };
  const context: Partial<Record<keyof GpuContext, unknown>> = {
    device,
    stats: { pipelinesCreated: 0 },
    wait: (work: Promise<unknown>) => work,
    check: () => {
      if (isGone) throw new Error('The engine was disposed of.');
    },
  };
  const cache = new PipelineCache(context as GpuContext);
  const kernels = Array.from({ length: 40 }, (_, index) => ({
    name: `k${index}`,
    wgsl: String(index),
    bindings: [],
  })) as unknown as readonly Kernel[];
  const all = kernels.map((kernel) =>
    cache.get(kernel).then(
      () => 'made',
      (error: Error) => error.message.split('\n')[0],
    ),
  );
  return { asked, all, dispose: () => void (isGone = true) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

it('has few pipelines made at a time, and each of them in the end', async () => {
  const { asked, all } = setup();
  await settled();
  expect(asked).toHaveLength(16);
  asked[3]?.make();
  await settled();
  expect(asked).toHaveLength(17);
  asked[4]?.refuse();
  await settled();
  expect(asked).toHaveLength(18);
  for (let done = 0; done < asked.length; done++) {
    asked[done]?.make();
    await settled();
  }
  const results = await Promise.all(all);
  expect(results.filter((result) => result === 'made')).toHaveLength(39);
  expect(results[4]).toBe('Kernel "k4" does not compile:');
});

it('asks for none any more once the engine is gone', async () => {
  const { asked, all, dispose } = setup();
  await settled();
  dispose();
  for (const { make } of asked) make();
  const results = await Promise.all(all);
  expect(asked).toHaveLength(16);
  expect(results.slice(16)).toEqual(Array(24).fill('The engine was disposed of.'));
});
