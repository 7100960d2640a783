import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random';
import { energyReport, type EnergyContext } from './energyReport';
import { FLAT_MINIMUM_STEPS, MINIMUM_STEPS, OWN_SAMPLES_MINIMUM_STEPS } from './verdicts/training';

const ROWS = 360;

describe('energyReport', () => {
  const energy = {
    nodeId: 'e',
    label: 'Energy',
    contrast: 'shuffled' as const,
    isCompared: true,
    hasOwnSamples: false,
    hasLatent: true,
    representations: [],
  };
  const plain: EnergyContext = { steps: 800, representations: ['healthy'], initial: null };
  const around = (mean: number, deviation: number, seed = 1): Float64Array => {
    const random = new RandomStream([seed, 11]);
    return Float64Array.from({ length: ROWS }, () => mean + deviation * random.normal());
  };
  const verdict = (
    data: Float64Array,
    shuffled: Float64Array | null,
    context = plain,
    latentShuffled: Float64Array | null = null,
  ) => energyReport(energy, { data, shuffled, latentShuffled }, context).verdict;

  it('reports means and their gap', () => {
    const arrays = {
      data: Float64Array.of(1, 3),
      shuffled: Float64Array.of(5, 7),
      latentShuffled: Float64Array.of(2, 5),
    };
    expect(energyReport(energy, arrays, plain)).toMatchObject({
      data: 2,
      shuffled: 6,
      gap: 4,
      latentRise: 1.5,
      verdict: 'no verdict',
    });
  });

  it('has curves over the steps of a sequence, and none without', () => {
    const arrays = { data: Float64Array.of(1, 3), shuffled: null, latentShuffled: null };
    expect(energyReport(energy, arrays, plain).bySteps).toBeNull();
    const data = Float64Array.of(1, 2, 3);
    const alone = { ...arrays, bySteps: data };
    expect(energyReport(energy, alone, plain).bySteps).toEqual({ data: [1, 2, 3], shuffled: null });
    const both = { ...arrays, bySteps: data, shuffledBySteps: Float64Array.of(4, 4, 4) };
    expect(energyReport(energy, both, plain).bySteps).toEqual({
      data: [1, 2, 3],
      shuffled: [4, 4, 4],
    });
  });

  it('is healthy when shuffled pairs have clearly more energy', () => {
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2))).toBe('healthy');
    // Log densities have an offset that means nothing: 3 % of it is much when the spread is small.
    expect(verdict(around(100, 1), around(103, 1, 2))).toBe('healthy');
    expect(verdict(around(-5, 1), around(-3, 1, 2))).toBe('healthy');
  });

  it('is flat when the gap is small, uncertain, none or reversed', () => {
    expect(verdict(around(1, 0.5), around(1.03, 0.5, 1))).toBe('flat energy');
    expect(verdict(around(1, 3), around(1.1, 3, 2))).toBe('flat energy');
    expect(verdict(new Float64Array(ROWS), new Float64Array(ROWS))).toBe('flat energy');
    expect(verdict(around(2, 0.1), around(1, 0.1, 2))).toBe('flat energy');
  });

  it('measures an energy of y alone by its spread, as its offset means nothing', () => {
    const alone = { ...energy, contrast: 'blended' as const, isCompared: false };
    const judged = (data: Float64Array, other: Float64Array, initial: EnergyContext['initial']) =>
      energyReport(alone, { data, shuffled: other, latentShuffled: null }, { ...plain, initial });
    const initial = { data: 0.0001, shuffled: 0.1 };
    const healthy = judged(around(-50, 1), around(-49, 1, 2), initial);
    expect(healthy.verdict).toBe('healthy');
    expect(healthy.reason).toContain('It tells data from blends of it: ');
    expect(healthy.reason).not.toContain('untrained');
    expect(judged(around(-50, 1), around(-50, 1, 2), null).verdict).toBe('flat energy');
    const units = { ...alone, contrast: 'recombined' as const };
    const arrays = { data: around(0, 1), shuffled: around(2, 1, 2), latentShuffled: null };
    expect(energyReport(units, arrays, plain).reason).toContain('from recombinations of it');
  });

  it('says nothing before training', () => {
    const flat = around(0.01, 0.01);
    const context = { ...plain, steps: MINIMUM_STEPS - 1 };
    expect(verdict(flat, flat, context)).toBe('no verdict');
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2), context)).toBe('no verdict');
  });

  it('gives a flat energy time to learn', () => {
    const flat = around(0.01, 0.01);
    const early = { ...plain, steps: FLAT_MINIMUM_STEPS - 1 };
    expect(verdict(flat, flat, early)).toBe('no verdict');
    expect(verdict(flat, flat, { ...plain, steps: FLAT_MINIMUM_STEPS })).toBe('flat energy');
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2), early)).toBe('healthy');
  });

  it('gives what is trained against samples of its own more time', () => {
    const chased = { ...energy, hasOwnSamples: true };
    const arrays = { data: around(0.1, 0.05), shuffled: around(1, 0.3, 2), latentShuffled: null };
    const told = (steps: number) => energyReport(chased, arrays, { ...plain, steps }).verdict;
    expect(told(OWN_SAMPLES_MINIMUM_STEPS - 1)).toBe('no verdict');
    expect(told(OWN_SAMPLES_MINIMUM_STEPS)).toBe('healthy');
  });

  it('measures what a latent carries from E at its own latents, not from F over all of them', () => {
    // Marginal: F = E − log K for K codes alike, whichever is shuffled in.
    const own = around(1, 0.3);
    const free = own.map((value) => value - Math.log(4));
    const others = around(1, 0.3, 2).map((value) => value - Math.log(4));
    const arrays = { data: free, shuffled: others, latentOwn: own, latentShuffled: own };
    const report = energyReport(energy, arrays, plain);
    expect(report.latentRise).toBe(0);
    expect(report.verdict).toBe('flat energy');
  });

  it('blames the latent when it decides the energy and representations are healthy', () => {
    const flat = around(0.01, 0.01);
    const foreign = around(1, 0.3, 3);
    expect(verdict(flat, flat, plain, foreign)).toBe('latent leak');
    // Re-pairing y costs something, but next to nothing beside what a foreign latent costs.
    expect(verdict(around(0.01, 0.001), around(0.02, 0.001, 2), plain, foreign)).toBe(
      'latent leak',
    );
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2), plain, foreign)).toBe('healthy');
    const collapsed: EnergyContext = {
      ...plain,
      representations: ['healthy', 'complete collapse'],
    };
    expect(verdict(flat, flat, collapsed, foreign)).toBe('flat energy');
  });

  it('blames no latent that is idle', () => {
    const flat = around(0.01, 0.01);
    const told = (data: Float64Array, shuffled: Float64Array, latentShuffled: Float64Array) =>
      energyReport(energy, { data, shuffled, latentShuffled }, plain);
    const nothing = told(flat, flat, flat);
    expect(nothing.verdict).toBe('flat energy');
    expect(nothing.reason).toContain('latent is idle');
    // Falling, as where inference found no minimum, is not a use either.
    expect(told(around(5, 1), around(4, 1, 2), around(4.9, 1, 3)).verdict).toBe('flat energy');
    const healthy = told(around(0.1, 0.05), around(1, 0.3, 2), around(0.1, 0.05));
    expect(healthy.verdict).toBe('healthy');
    expect(healthy.reason).toContain('latent is idle');
    const used = told(around(0.1, 0.05), around(1, 0.3, 2), around(0.6, 0.3, 3));
    expect(used.reason).not.toContain('idle');
  });

  it('remarks pairs that an untrained network tells from others as well', () => {
    const told = (data: number, shuffled: number) =>
      energyReport(
        energy,
        { data: around(0.001, 0.0005), shuffled: around(1, 0.3, 2), latentShuffled: null },
        { ...plain, initial: { data, shuffled } },
      );
    expect(told(1e-6, 0.01).verdict).toBe('healthy');
    expect(told(1e-6, 0.01).reason).toContain('untrained network');
    expect(told(0.004, 0.01).reason).not.toContain('untrained');
    expect(told(-3, 0.01).reason).not.toContain('untrained');
  });

  it('has diverged when it is a thousand times what it was', () => {
    const huge = around(1.7e18, 1e17);
    expect(verdict(huge, around(2.6e18, 1e17, 2))).toBe('diverged');
    const context = { ...plain, initial: { data: 30, shuffled: 40 } };
    expect(verdict(around(2000, 10), around(4000, 10, 2), context)).toBe('healthy');
    expect(verdict(around(40_000, 10), around(80_000, 10, 2), context)).toBe('diverged');
  });

  it('is never healthy on representations that have collapsed', () => {
    const collapsed: EnergyContext = { ...plain, representations: ['complete collapse'] };
    expect(verdict(around(1e-6, 1e-7), around(1e-5, 1e-7, 2), collapsed)).toBe('no verdict');
    const narrow: EnergyContext = { ...plain, representations: ['dimensional collapse'] };
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2), narrow)).toBe('healthy');
  });

  it('has no verdict without pairs and diverges with infinite energies', () => {
    expect(verdict(around(1, 1), null)).toBe('no verdict');
    expect(verdict(Float64Array.of(1, Infinity), null)).toBe('diverged');
  });
});
