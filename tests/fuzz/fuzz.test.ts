import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attack, someSeed, target } from './target';
import { TARGETS } from './targets';

it.each(TARGETS.map((one) => [one.name, one] as const))(
  'whatever comes as %s is read or refused',
  async (name, one) => {
    const seed = someSeed();
    console.info(`fuzz: ${name}, seed ${seed}, ${one.runs.short} inputs`);
    const { runs, fault } = await attack(one, { runs: one.runs.short, seed });
    expect(fault).toBeNull();
    expect(runs).toBe(one.runs.short);
  },
  120_000,
);

it('a fault is found, made small, and had again from its seed', async () => {
  const broken = target('numbers', { short: 1, long: 1 }, fc.nat(), (value) => {
    if (value > 1000) throw new Error('too large');
  });
  const { fault } = await attack(broken, { runs: 100, seed: 7 });
  expect(fault).toContain('[1001]');
  // All but where it was thrown.
  const words = fault?.split('\n    at ')[0] ?? '';
  expect((await attack(broken, { runs: 100, seed: 7 })).fault).toContain(words);
});

it('what takes long is a fault', async () => {
  const slow = target('slow', { short: 1, long: 1 }, fc.constant(0), () => {
    const start = process.cpuUsage();
    for (;;) {
      const { user, system } = process.cpuUsage(start);
      if (user + system > 2.1e6) return;
    }
  });
  expect((await attack(slow, { runs: 1, seed: 1 })).fault).toContain('It took 2.');
});
