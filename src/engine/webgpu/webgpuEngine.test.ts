import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../codegen/plan';
import { planProgram } from '../../codegen/planProgram';
import { Builder } from '../../ir/builder';
import type { Program } from '../../ir/types';
import { DeviceLostError, type HostArray } from '../engine';
import { OutOfMemoryError } from '../outOfMemoryError';
import { opCases } from '../../../tests/parity/opCases';
import { randomProgram } from '../../../tests/parity/randomProgram';
import { checkPlanLimits } from './checkPlanLimits';
import { createWebGPUEngine, type WebGPUEngine } from './createWebGPUEngine';
import { GpuContext } from './gpuContext';
import { createValidatingGpu } from './nodeGpu';
import { PipelineCache } from './pipelineCache';

// Dawn's null backend checks all shaders and calls and computes nothing: what comes out right is tested in
// the browser (e2e/engines/webgpu.spec.ts).
let gpu: GPU;
beforeAll(async () => {
  gpu = await createValidatingGpu();
});

async function makeEngine(cooperative = true): Promise<WebGPUEngine> {
  // The null backend has subgroups, and no way to find out how they lie.
  const made = await createWebGPUEngine({
    gpu,
    cooperative,
    subgroups: !cooperative,
    ringCapacity: 16,
  });
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join('\n'));
  return made.value;
}

function training(): { program: Program; data: Map<string, HostArray> } {
  const builder = new Builder();
  const x = builder.input('data', 'x', [40, 6], 'f32');
  const w = builder.input('state', 'w', [6, 2], 'f32');
  const rate = builder.input('live', 'rate', [], 'f32');
  const error = builder.dot(x, w);
  const next = builder.sub(w, builder.mul(builder.dot(x, error, { left: true }), rate));
  const loss = builder.mean(builder.square(error));
  const initializer = { kind: 'constant', value: 1 } as const;
  return {
    program: {
      data: [{ name: 'x', shape: [40, 6], dtype: 'f32' }],
      state: [
        { name: 'w', shape: [6, 2], dtype: 'f32', initializer, purpose: 'weight', origin: null },
      ],
      live: [{ name: 'rate', initial: 0.1 }],
      phases: builder.takePhases(),
      updates: new Map([['w', next]]),
      metrics: new Map([['loss', loss]]),
      outputs: new Map([['error', error]]),
    },
    data: new Map([['x', new Float32Array(240)]]),
  };
}

describe.each([true, false])('kernels, cooperative: %s', (cooperative) => {
  let engine: WebGPUEngine;
  beforeAll(async () => {
    engine = await makeEngine(cooperative);
  });
  afterAll(() => engine.dispose());

  test('every parity program is valid', async () => {
    for (const { program, data, name } of opCases(1)) {
      const executable = await engine.compile(program, data);
      await executable.run(2);
      expect(executable.step, name).toBe(2);
      executable.dispose();
    }
  }, 120_000);

  test('random programs are valid', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { program, data } = randomProgram(seed);
      const executable = await engine.compile(program, data);
      await executable.run(1);
      executable.dispose();
    }
  }, 120_000);
});

test('a run creates nothing', async () => {
  const engine = await makeEngine();
  const { program, data } = training();
  const executable = await engine.compile(program, data);
  const before = { ...engine.stats };
  for (let round = 0; round < 5; round++) {
    executable.setLive({ rate: 0.1 * round, unknown: 1 });
    await executable.run(10);
    expect((await executable.drainMetrics()).rows).toBe(10);
  }
  const { submits, dispatches, writes, ...created } = engine.stats;
  const { buffersCreated, bindGroupsCreated, pipelinesCreated } = before;
  expect(created).toEqual({ buffersCreated, bindGroupsCreated, pipelinesCreated });
  // A live scalar is written when it has changed, and only then.
  expect(writes - before.writes).toBe(5);
  const perStep = planProgram(program).sections.flatMap(({ kernels }) => kernels).length;
  expect(dispatches - before.dispatches).toBe(50 * perStep);
  expect(submits - before.submits).toBeLessThan(50);
  engine.dispose();
});

test('metrics come in the order of their steps, also over the end of the ring', async () => {
  const engine = await makeEngine();
  const { program, data } = training();
  const executable = await engine.compile(program, data);
  await executable.run(10);
  expect(await executable.drainMetrics()).toMatchObject({
    names: ['loss'],
    firstStep: 0,
    rows: 10,
  });
  await executable.run(12);
  const rows = await executable.drainMetrics();
  expect(rows).toMatchObject({ firstStep: 10, rows: 12 });
  expect(rows.values).toHaveLength(12);
  // The ring holds 16 rows: older ones are lost.
  await executable.run(20);
  expect(await executable.drainMetrics()).toMatchObject({ firstStep: 26, rows: 16 });
  expect((await executable.drainMetrics()).rows).toBe(0);
  executable.writeState(new Map(), 1000);
  await executable.run(1);
  expect(await executable.drainMetrics()).toMatchObject({ firstStep: 1000, rows: 1 });
  engine.dispose();
});

test('equal programs share their pipelines', async () => {
  const engine = await makeEngine();
  const { program, data } = training();
  await engine.compile(program, data);
  const { pipelinesCreated } = engine.stats;
  await engine.compile(program, data);
  expect(engine.stats.pipelinesCreated).toBe(pipelinesCreated);
  engine.dispose();
});

test('a lost device rejects what waits for it and what comes after', async () => {
  const engine = await makeEngine();
  const { program, data } = training();
  const executable = await engine.compile(program, data);
  const running = executable.run(1000);
  engine.loseDevice();
  await expect(running).rejects.toBeInstanceOf(DeviceLostError);
  expect(await engine.lost).not.toBe('');
  await expect(executable.run(1)).rejects.toBeInstanceOf(DeviceLostError);
  await expect(executable.drainMetrics()).rejects.toBeInstanceOf(DeviceLostError);
  await expect(executable.readState()).rejects.toBeInstanceOf(DeviceLostError);
  expect(() => executable.writeState(new Map())).toThrow(DeviceLostError);
  await expect(engine.compile(program, data)).rejects.toBeInstanceOf(DeviceLostError);
});

test('disposing of an engine is not a loss', async () => {
  const engine = await makeEngine();
  const { program, data } = training();
  await engine.compile(program, data);
  let lost = false;
  void engine.lost.then(() => (lost = true));
  engine.dispose();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(lost).toBe(false);
});

test('without an adapter the reason is a diagnostic', async () => {
  const none = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU;
  const made = await createWebGPUEngine({ gpu: none });
  expect(made.ok).toBe(false);
  expect(made.diagnostics[0]).toMatchObject({ code: 'run.engine-unavailable', severity: 'error' });
});

test('a program that is too large for the adapter is refused with its array', async () => {
  const builder = new Builder();
  const x = builder.input('data', 'pixels', [1000, 1000, 100], 'f32');
  const sum = builder.sum(x);
  const program: Program = {
    ...training().program,
    data: [{ name: 'pixels', shape: [1000, 1000, 100], dtype: 'f32' }],
    state: [],
    live: [],
    updates: new Map(),
    outputs: new Map(),
    metrics: new Map([['sum', sum]]),
    phases: builder.takePhases(),
  };
  const [diagnostic] = checkPlanLimits(planProgram(program), DEFAULT_LIMITS);
  expect(diagnostic?.message).toBe(
    'The array pixels takes 400 MB; one buffer of this GPU has at most 134 MB.',
  );
  const engine = await makeEngine();
  if (engine.planOptions.limits.maxStorageBufferBindingSize < 4e8) {
    await expect(engine.compile(program, new Map())).rejects.toBeInstanceOf(OutOfMemoryError);
  }
  engine.dispose();
});

test('errors that no scope caught are thrown by the calls after them', () => {
  class GPUOutOfMemoryError {
    readonly message = '';
  }
  class GPUValidationError {
    readonly message = 'buffer 7 was destroyed';
  }
  for (const [error, expected] of [
    [new GPUOutOfMemoryError(), /memory of the GPU is full/],
    [new GPUValidationError(), /The GPU refused a call: buffer 7 was destroyed/],
  ] as const) {
    const lost = new Promise(() => undefined);
    const device = { lost, destroy: () => undefined } as unknown as GPUDevice;
    const context = new GpuContext(device, gpu);
    context.check();
    device.onuncapturederror?.({ error } as unknown as GPUUncapturedErrorEvent);
    expect(() => context.check()).toThrow(expected);
  }
});

test('a kernel that does not compile is named', async () => {
  const device = await (await gpu.requestAdapter())?.requestDevice();
  if (!device) throw new Error('the null backend gives a device');
  const context = new GpuContext(device, gpu);
  const broken = {
    name: 'broken %7',
    kind: 'map',
    touches: [],
    nodes: [],
    ops: [],
    wgsl: '@compute @workgroup_size(1) fn main() { let x: f32 = 1u; }',
    bindings: [],
    workgroups: [1, 1],
  } as const;
  await expect(new PipelineCache(context).get(broken)).rejects.toThrow(/"broken %7".*\n.*line 1/);
  context.check();
  context.dispose();
});
