import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate';
import type { Engine } from './engine';
import { createReferenceEngine } from './reference/referenceEngine';

/** The reference engine, `delay` ms slower a step, or broken. */
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
        await new Promise((resolve) => setTimeout(resolve, delay * steps));
      };
      return executable;
    },
  };
}

describe('calibrate', () => {
  it('picks the faster engine and says by how much', async () => {
    const slow = engine('slow', 60);
    const fast = engine('fast', 0);
    const result = await calibrate(slow, fast);
    expect(result.engine).toBe(fast);
    expect(result.reason).toMatch(/slow\) [\d.]+, .*fast\) [\d.]+\./);
    expect((await calibrate(fast, slow)).engine).toBe(fast);
  }, 60_000);

  it('picks the one that works, and rejects when none does', async () => {
    const broken = engine('broken', 'broken');
    const working = engine('working', 0);
    expect((await calibrate(broken, working)).engine).toBe(working);
    expect((await calibrate(working, broken)).reason).toContain('failed: no adapter');
    await expect(calibrate(broken, broken)).rejects.toThrow('no adapter');
  }, 60_000);
});
