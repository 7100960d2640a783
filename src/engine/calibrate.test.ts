import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate';
import type { Engine } from './engine';
import { createReferenceEngine } from './reference/referenceEngine';

/** A clock that stands still but for what the engines below say their steps take. */
let time = 0;
const now = () => time;

/** The reference engine with steps of `delay` ms by that clock, or broken. */
function engine(backend: string, delay: number | 'broken'): Engine {
  const reference = createReferenceEngine();
  return {
    ...reference,
    info: { ...reference.info, backend },
    compile: async (program, data) => {
      if (delay === 'broken') throw new Error('no adapter');
      const executable = await reference.compile(program, data);
      const run = executable.run.bind(executable);
      executable.run = async (steps) => {
        await run(Math.min(steps, 2));
        time += delay * steps;
      };
      return executable;
    },
  };
}

describe('calibrate', () => {
  it('picks the faster engine and says by how much', async () => {
    const slow = engine('slow', 60);
    const fast = engine('fast', 5);
    const result = await calibrate([slow, fast], now);
    expect(result.engine).toBe(fast);
    expect(result.reason).toContain('reference (slow) 17, reference (fast) 200.');
    expect((await calibrate([fast, slow], now)).engine).toBe(fast);
  }, 60_000);

  it('compares any number of engines', async () => {
    const [slow, fast, medium] = [engine('slow', 60), engine('fast', 5), engine('medium', 20)];
    const result = await calibrate([slow, fast, medium], now);
    expect(result.engine).toBe(fast);
    expect(result.reason).toContain('reference (medium) 50.');
    expect((await calibrate([slow], now)).engine).toBe(slow);
  }, 60_000);

  it('picks the one that works, and rejects when none does', async () => {
    const broken = engine('broken', 'broken');
    const working = engine('working', 5);
    expect((await calibrate([broken, working], now)).engine).toBe(working);
    expect((await calibrate([working, broken], now)).reason).toContain('failed: no adapter');
    await expect(calibrate([broken, broken])).rejects.toThrow('no adapter');
  }, 60_000);
});
