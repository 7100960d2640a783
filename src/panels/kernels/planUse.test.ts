import { describe, expect, it } from 'vitest';
import type { EngineSummary } from '../run/runStore';
import { planUse } from './planUse';

const gpu = { adapter: 'some gpu', tooLarge: null };
const none = { adapter: null, tooLarge: null };
const idle = { state: 'idle', engine: null, stale: false } as const;

function running(name: string, backend: string, stale = false) {
  const engine: EngineSummary = {
    name,
    badge: `${name} badge`,
    backend,
    description: '',
    software: false,
    runsKernels: name === 'webgpu',
    reason: '',
  };
  return { state: 'running', engine, stale } as const;
}

describe('planUse', () => {
  it('says that the plan runs only while WebGPU runs it', () => {
    expect(planUse(gpu, running('webgpu', 'some gpu'))).toMatchObject({ tone: 'runs' });
    expect(planUse(gpu, { ...running('webgpu', 'some gpu'), state: 'idle' }).tone).toBe('wouldRun');
    expect(planUse(gpu, running('webgpu', 'some gpu', true)).tone).toBe('changed');
  });

  it('names what runs instead, and that WebGPU is missing', () => {
    const { tone, text } = planUse(none, running('tfjs', 'wasm'));
    expect(tone).toBe('wouldRun');
    expect(text).toContain('missing');
    expect(text).toContain('what runs is tfjs badge');
    expect(planUse(gpu, running('tfjs', 'wasm')).text).not.toContain('missing');
    expect(planUse(none, idle).text).toContain('missing');
    expect(planUse(gpu, idle).text).toContain('some gpu');
  });

  it('warns of a plan that the adapter has no room for before anything else', () => {
    const use = planUse({ ...gpu, tooLarge: 'Too large.' }, running('tfjs', 'wasm'));
    expect(use).toEqual({ tone: 'tooLarge', text: 'Too large.' });
  });
});
