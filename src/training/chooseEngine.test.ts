import { describe, expect, it } from 'vitest';
import { failure, success, type Result } from '../core/result';
import type { Engine, EngineName } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { chooseEngine, type Calibrate, type EngineMakers } from './chooseEngine';

class Bench {
  readonly disposed: EngineName[] = [];
  calibrations = 0;

  constructor(private readonly available: readonly EngineName[]) {}

  readonly makers: EngineMakers = {
    webgpu: () => this.make('webgpu'),
    tfjs: () => this.make('tfjs'),
    reference: () => this.make('reference'),
  };

  calibrate(faster: EngineName): Calibrate {
    return (first, second) => {
      this.calibrations++;
      const engine = first.info.name === faster ? first : second;
      return Promise.resolve({ engine, reason: `${faster} is faster.` });
    };
  }

  private make(name: EngineName): Promise<Result<Engine>> {
    if (!this.available.includes(name)) {
      const message = `No ${name}.`;
      return Promise.resolve(
        failure({ code: 'run.engine-unavailable', severity: 'error', message }),
      );
    }
    const engine = createReferenceEngine();
    const dispose = (): void => void this.disposed.push(name);
    return Promise.resolve(success({ ...engine, info: { ...engine.info, name }, dispose }));
  }
}

async function take(
  bench: Bench,
  choice: 'auto' | EngineName,
  calibrate = bench.calibrate('tfjs'),
) {
  const { factory } = chooseEngine(choice, bench.makers, calibrate);
  const result = await factory();
  return result.ok ? [result.value.engine.info.name, result.value.reason] : result.diagnostics;
}

describe('chooseEngine', () => {
  it('takes the engine that was asked for, or says that it cannot run', async () => {
    const bench = new Bench(['tfjs', 'reference']);
    expect(await take(bench, 'reference')).toEqual(['reference', 'You chose this engine.']);
    expect(await take(bench, 'webgpu')).toEqual([
      { code: 'run.engine-unavailable', severity: 'error', message: 'No webgpu.' },
    ]);
    expect(bench.calibrations).toBe(0);
  });

  it('measures once when it may choose, gives the loser up and stays with the result', async () => {
    const bench = new Bench(['webgpu', 'tfjs']);
    const { factory } = chooseEngine('auto', bench.makers, bench.calibrate('webgpu'));
    for (let call = 0; call < 2; call++) {
      const result = await factory();
      expect(result.ok && result.value.engine.info.name).toBe('webgpu');
      expect(result.ok && result.value.reason).toBe('webgpu is faster.');
    }
    expect(bench.calibrations).toBe(1);
    expect(bench.disposed).toEqual(['tfjs']);
  });

  it('takes what there is without measuring, and says why', async () => {
    expect(await take(new Bench(['tfjs']), 'auto')).toEqual(['tfjs', 'No webgpu.']);
    expect(await take(new Bench(['webgpu']), 'auto')).toEqual(['webgpu', 'No tfjs.']);
    expect(await take(new Bench([]), 'auto')).toHaveLength(2);
  });

  it('takes the portable engine when the measurement fails', async () => {
    const bench = new Bench(['webgpu', 'tfjs']);
    const [name, reason] = await take(bench, 'auto', () => Promise.reject(new Error('too slow')));
    expect(name).toBe('tfjs');
    expect(reason).toContain('too slow');
    expect(bench.disposed).toEqual(['webgpu']);
  });

  it('falls back to the portable engine only from the GPU', async () => {
    const bench = new Bench(['tfjs']);
    const fallbackOf = (choice: 'auto' | EngineName) =>
      chooseEngine(choice, bench.makers, bench.calibrate('tfjs')).fallback;
    expect(fallbackOf('tfjs')).toBeUndefined();
    expect(fallbackOf('reference')).toBeUndefined();
    const fallen = await fallbackOf('webgpu')?.();
    expect(fallen?.ok && fallen.value.engine.info.name).toBe('tfjs');
  });
});
