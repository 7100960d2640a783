import { describe, expect, it } from 'vitest';
import { Builder } from '../../ir/builder';
import type { Program } from '../../ir/types';
import { OutOfMemoryError } from '../outOfMemoryError';
import { engineOn } from './createTfjsEngine';
import { guardAllocation } from './guardAllocation';
import { loadBackend } from './loadBackend';
import { nodeWasmPaths } from './nodeWasm';
import { hasRoomOnWasm } from './planOnBackend';
import { planMemory } from './planMemory';
import { planProgram } from './planProgram';

const ROWS = 256;
const WIDTH = 1024;
const HIDDEN_BYTES = ROWS * WIDTH * 4;

/** mean((relu(x·w))²) with a layer of 1024 that belongs to the node `wide`. */
function wideLayer(rows = ROWS): Program {
  const b = new Builder();
  const x = b.input('data', 'x', [rows, 2], 'f32');
  const w = b.input('state', 'w', [2, WIDTH], 'f32');
  const hidden = b.withOrigin('wide', () => b.dot(x, w));
  const loss = b.withOrigin('loss', () => b.mean(b.square(b.relu(hidden))));
  const initializer = { kind: 'constant', value: 0.5 } as const;
  return {
    data: [{ name: 'x', shape: x.shape, dtype: 'f32' }],
    state: [
      { name: 'w', shape: w.shape, dtype: 'f32', initializer, purpose: 'weight', origin: null },
    ],
    live: [],
    phases: b.takePhases(),
    updates: new Map(),
    metrics: new Map([['loss', loss]]),
    outputs: new Map(),
  };
}

describe('planMemory', () => {
  it('counts what is kept, and what is alive together, from the plan alone', () => {
    const program = wideLayer();
    const { peakBytes, largest } = planMemory(program, planProgram(program, null), 100);
    const kept = (ROWS * 2 + 2 * WIDTH) * 4;
    // One op after the other: never more than an operand and its result.
    expect(peakBytes).toBeGreaterThanOrEqual(kept + 100 + 2 * HIDDEN_BYTES);
    expect(peakBytes).toBeLessThan(kept + 100 + 2 * HIDDEN_BYTES + 1024);
    expect(largest).toBe('wide');
  });

  it('refuses a program that the memory has no room for before anything is made', async () => {
    const runtime = await loadBackend('wasm', { wasmPaths: nodeWasmPaths() });
    const before = runtime.backend.numDataIds();
    const data = new Map([['x', new Float32Array(ROWS * 2)]]);
    const refused = engineOn({ ...runtime, memoryLimit: HIDDEN_BYTES / 2 });
    const error: unknown = await refused.compile(wideLayer(), data).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error instanceof OutOfMemoryError && error.diagnostic).toMatchObject({
      code: 'run.out-of-memory',
      severity: 'error',
      nodeId: 'wide',
      message: expect.stringMatching(
        /takes at least 1\.\d\d MB; WebAssembly has at most 524 kB\./,
      ) as string,
    });
    expect(runtime.backend.numDataIds()).toBe(before);

    const executable = await engineOn(runtime).compile(wideLayer(), data);
    await executable.run(1);
    expect((await executable.drainMetrics()).values).toEqual(Float64Array.of(0));
    executable.dispose();
  });
});

describe('hasRoomOnWasm', () => {
  it('says it without a backend: 4 bytes for each of 1024 numbers a row, of 4 GiB and a little less', () => {
    expect(hasRoomOnWasm(wideLayer())).toBe(true);
    expect(hasRoomOnWasm(wideLayer(2 ** 20))).toBe(false);
  });
});

describe('guardAllocation', () => {
  it('throws where malloc answers 0, instead of writing there', () => {
    let free = 1000;
    const module = {
      _malloc: (bytes: number) => (bytes <= free ? ((free -= bytes), 64) : 0),
      _free: () => undefined,
    };
    guardAllocation(module);
    expect(module._malloc(500)).toBe(64);
    expect(() => module._malloc(2048)).toThrow(/memory of WebAssembly is full.* 2.05 kB/);
    expect(module._malloc(0)).toBe(64);
  });
});
