import { afterAll, describe, expect, it } from 'vitest';
import { Attacker, LIMITS } from './attacker';
import { someSeed } from './target';

const attacker = new Attacker(new URL('./targets.ts', import.meta.url));
afterAll(() => attacker.close());

it.each((await attacker.targets()).map(({ name, runs }) => [name, runs.short] as const))(
  'whatever comes as %s is read or refused',
  async (name, runs) => {
    const seed = someSeed();
    console.info(`fuzz: ${name}, seed ${seed}, ${runs} inputs`);
    const outcome = await attacker.attack(name, { runs, seed });
    expect(outcome.fault).toBeNull();
    expect(outcome.runs).toBe(runs);
  },
  120_000,
);

describe('what is watched', () => {
  const limits = { ...LIMITS, processorSeconds: 0.5 };
  const broken = new Attacker(new URL('./brokenTargets.ts', import.meta.url), limits);
  afterAll(() => broken.close());
  const faultOf = async (name: string, path?: string): Promise<string> => {
    const inputs = { runs: 100, seed: 7, ...(path === undefined ? {} : { path }) };
    const { fault } = await broken.attack(name, inputs);
    return fault ?? '';
  };

  it('a fault is found, made small, and had again from its seed', async () => {
    const fault = await faultOf('throws');
    expect(fault).toContain('[1001]');
    // All but where it was thrown.
    const [words = ''] = fault.split('\n    at ');
    expect(await faultOf('throws')).toContain(words);
  });

  it('what takes long is a fault', async () => {
    expect(await faultOf('is slow')).toMatch(/It took 0\.\d s\./);
  });

  it('what never ends is told with its seed and the input, and had again from both', async () => {
    const [, path = '', input = ''] =
      /^An input never ends\. Seed 7, path (\d+): \[(\d+)\]$/.exec(await faultOf('never ends')) ??
      [];
    expect(Number(input)).toBeGreaterThan(1000);
    expect(await faultOf('never ends', path)).toContain(`[${input}]`);
  });

  it('what never ends when it is made smaller is told with its seed', async () => {
    expect(await faultOf('never ends when smaller')).toContain(
      'made smaller from it never ends. Seed 7.',
    );
  });

  it('what waits for ever is told of, though it takes no processor time', async () => {
    const patient = new Attacker(new URL('./brokenTargets.ts', import.meta.url), {
      ...LIMITS,
      seconds: 1,
    });
    const { fault } = await patient.attack('waits for ever', { runs: 100, seed: 7 });
    expect(fault).toMatch(/^An input never ends\. Seed 7, path \d+: \[\d+\]$/);
    await patient.close();
  });
});
