import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebGPUEngine } from './createWebGPUEngine';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NEVER = new Promise<never>(() => undefined);
const adapter = {
  limits: {},
  features: new Set(),
  info: { vendor: 'v', architecture: 'a', description: '', device: '', isFallbackAdapter: false },
};

describe('a GPU that does not answer', () => {
  it.each([
    ['the graphics adapter', { requestAdapter: () => NEVER }],
    [
      'the device of the graphics adapter',
      { requestAdapter: () => Promise.resolve({ ...adapter, requestDevice: () => NEVER }) },
    ],
  ])('leaves the engine unavailable: %s', async (who, gpu) => {
    const made = createWebGPUEngine({ gpu: gpu as unknown as GPU });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await made).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: 'run.engine-unavailable',
          message: `WebGPU cannot run here: ${who} did not answer within 10 s.`,
        },
      ],
    });
  });
});
