import { describe, expect, it } from 'vitest';
import { failure, success, type Result } from '../core/result';
import type { EngineDescriptor } from '../engine/descriptor';
import type { Engine } from '../engine/engine';
import { ENGINES } from '../engine/engines';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import type { Program } from '../ir/types';
import { chooseEngine, type Calibrate } from './chooseEngine';

/** Nothing is asked of it: the engines of the bench are made of nothing. */
const host = {
  gpu: () => Promise.reject(new Error('not asked')),
  wasmPaths: () => Promise.reject(new Error('not asked')),
};

/** The table of engines as it is, on a machine that has some of them. */
class Bench {
  readonly disposed: string[] = [];
  calibrations = 0;

  constructor(private readonly available: readonly string[]) {}

  readonly table: readonly EngineDescriptor[] = ENGINES.map((descriptor) => ({
    ...descriptor,
    create: () => this.make(descriptor.name),
  }));

  calibrate(faster: string): Calibrate {
    return ([...engines]) => {
      this.calibrations++;
      const engine = engines.find(({ info }) => info.name === faster);
      return engine
        ? Promise.resolve({ engine, reason: `${faster} is faster.` })
        : Promise.reject(new Error(`no ${faster}`));
    };
  }

  choose(choice: string, calibrate = this.calibrate('tfjs')) {
    return chooseEngine(choice, this.table, host, calibrate);
  }

  private make(name: string): Promise<Result<Engine>> {
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

async function take(bench: Bench, choice: string, calibrate?: Calibrate) {
  const result = await bench.choose(choice, calibrate).factory();
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

  it('says what there is when it does not know the engine', async () => {
    expect(await take(new Bench(['tfjs']), 'abacus')).toMatchObject([
      {
        code: 'run.engine-unavailable',
        message: expect.stringContaining('abacus') as string,
        hint: expect.stringContaining('tfjs') as string,
      },
    ]);
  });

  it('measures once when it may choose, gives the loser up and stays with the result', async () => {
    const bench = new Bench(['webgpu', 'tfjs', 'reference']);
    const { factory } = bench.choose('auto', bench.calibrate('webgpu'));
    for (let call = 0; call < 2; call++) {
      const result = await factory();
      expect(result.ok && result.value.engine.info.name).toBe('webgpu');
      expect(result.ok && result.value.reason).toBe('webgpu is faster.');
    }
    expect(bench.calibrations).toBe(1);
    // The reference engine is not made: it is taken only where it is asked for.
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
    expect(bench.choose('tfjs').fallback).toBeUndefined();
    expect(bench.choose('reference').fallback).toBeUndefined();
    const fallen = await bench.choose('webgpu').fallback?.();
    expect(fallen?.ok && fallen.value.engine.info.name).toBe('tfjs');
  });

  it('names an engine that has room for what the chosen one has none for, and no other', async () => {
    const program = { outputs: new Map() } as unknown as Program;
    const withRoom = (...names: readonly string[]) =>
      new Bench(['tfjs', 'webgpu']).table.map((descriptor) => ({
        ...descriptor,
        hasRoom: () => Promise.resolve(names.includes(descriptor.name)),
      }));
    const roomier = async (table: readonly EngineDescriptor[]) => {
      const calibrate: Calibrate = () => Promise.reject(new Error('not asked'));
      const chosen = await chooseEngine('webgpu', table, host, calibrate).factory();
      return chosen.ok ? chosen.value.roomier?.(program) : 'no engine';
    };
    expect(await roomier(withRoom('webgpu', 'tfjs'))).toBe('TensorFlow.js');
    expect(await roomier(withRoom('webgpu'))).toBeNull();
  });
});
