import { describe, expect, it } from 'vitest';
import type { RepresentationPort } from '../compiler/programs/compiled';
import { RandomStream } from '../core/random';
import { energyReport, type EnergyContext } from './energyReport';
import { overallVerdict, type Finding } from './overallVerdict';
import { representationReport, type RepresentationContext } from './representationReport';
import { FLAT_MINIMUM_STEPS, MINIMUM_STEPS } from './verdicts/training';
import { VERDICT_ORDER } from './verdicts/verdicts';

const ROWS = 360;

/** Rows drawn with the given deviation along each axis, around `offset`. */
function sample(deviations: readonly number[], offset = 0, rows = ROWS): Float64Array {
  const random = new RandomStream([3, 9]);
  const dim = deviations.length;
  return Float64Array.from(
    { length: rows * dim },
    (_, i) => offset + (deviations[i % dim] ?? 0) * random.normal(),
  );
}

/** The same rows in other axes, so that every dimension moves: reflected along (1, …, 1). */
function mixed(rows: Float64Array, dim: number): Float64Array {
  const mixture = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += dim) {
    const row = rows.subarray(start, start + dim);
    const mean = row.reduce((sum, value) => sum + value, 0) / dim;
    mixture.set(
      row.map((value) => value - 2 * mean),
      start,
    );
  }
  return mixture;
}

function report(
  values: Float64Array,
  dim: number,
  {
    space = 'embedding',
    ...context
  }: Partial<RepresentationContext & Pick<RepresentationPort, 'space'>> = {},
) {
  const port: RepresentationPort = {
    key: 'encoder.out',
    nodeId: 'encoder',
    port: 'out',
    label: 'Encoder',
    rows: values.length / dim,
    dim,
    space,
  };
  const trained = { steps: 500, initialStd: 0.2, comparesDirections: false };
  return representationReport(port, values, { ...trained, ...context });
}

/** `count` times `value`. */
const times = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);

describe('representationReport', () => {
  it('calls an isotropic sample healthy and measures it', () => {
    const result = report(sample(times(32, 0.8)), 32);
    expect(result.verdict).toBe('healthy');
    expect(result.meanStd).toBeCloseTo(0.8, 1);
    expect(result.minStd).toBeGreaterThan(0.7);
    expect(result.unitRowStd).toBeCloseTo(1 / Math.sqrt(32), 2);
    expect(result.effectiveRank).toBeGreaterThan(30);
    expect(result.participationRatio).toBeGreaterThan(25);
    expect(result.spectrum[0]).toBeGreaterThan(0.8);
  });

  it('reads the deviation before the rank: a representation that shrank to noise looks full-rank', () => {
    const result = report(sample(times(32, 1e-5), 0.3), 32);
    expect(result.effectiveRank).toBeGreaterThan(30);
    expect(result.effectiveRankUncentred).toBeLessThan(1.1);
    expect(result.verdict).toBe('complete collapse');
    expect(result.reason).toContain('under 0.01');
    expect(report(sample(times(32, 1e-5)), 32).verdict).toBe('complete collapse');
  });

  it('calls exactly constant rows a complete collapse', () => {
    const result = report(new Float64Array(ROWS * 4).fill(2), 4);
    expect([result.verdict, result.effectiveRank]).toEqual(['complete collapse', 0]);
  });

  it('sees rows that all point the same way, where an energy compares directions', () => {
    // Unit rows deviate by about 0.002, as in collapsed SimSiam.
    const result = report(sample(times(64, 0.05), 3), 64, { comparesDirections: true });
    expect(result.meanStd).toBeGreaterThan(0.01);
    expect(result.unitRowStd).toBeLessThan(0.0025);
    expect(result.verdict).toBe('complete collapse');
    expect(result.reason).toContain('0.125');
    const spread = report(sample(times(64, 0.05)), 64, { comparesDirections: true });
    expect(spread.verdict).toBe('healthy');
  });

  it.each([2, 25, 1000])('does not mind an offset of %d that all rows share', (offset) => {
    const result = report(sample(times(32, 1), offset), 32);
    expect(result.verdict).toBe('healthy');
    expect(result.effectiveRank).toBeGreaterThan(30);
    expect(report(sample([0.5, 0.5], offset), 2).verdict).toBe('healthy');
  });

  it('counts dead dimensions', () => {
    const half = report(sample([1, 0, 1, 0, 1, 0, 1, 0]), 8);
    expect(half).toMatchObject({ verdict: 'partial collapse', deadDims: 4, minStd: 0 });
    expect(half.reason).toContain('4 of its 8 dimensions');
    // Some dead units behind a rectifier are usual, and told.
    const one = report(sample([...times(31, 1), 0]), 32);
    expect(one.verdict).toBe('healthy');
    expect(one.reason).toContain('1 of its 32 dimensions is dead');
    expect(report(sample(times(32, 1)), 32).reason).not.toContain('dead');
  });

  it('asks for no more directions than rows can have', () => {
    const rows = Float64Array.from({ length: 4 * 8 }, (_, i) => (i % 9 === 0 ? 1 : 0));
    expect(report(rows, 8)).toMatchObject({ effectiveRank: expect.closeTo(3, 3) as number });
    expect(report(rows, 8).verdict).not.toMatch(/complete|dimensional/);
    const equal = report(new Float64Array(4 * 8).fill(0.3), 8);
    expect(equal.verdict).toBe('complete collapse');
    expect(Object.values(equal)).not.toContain(NaN);
  });

  it('says nothing before training, whatever the numbers', () => {
    for (const values of [sample(times(8, 1)), sample(times(8, 1e-6)), sample([1, ...times(7, 0)])])
      for (const steps of [0, 1, MINIMUM_STEPS - 1]) {
        const result = report(values, 8, { steps });
        expect(result.verdict).toBe('no verdict');
        expect(result.reason).toContain(String(MINIMUM_STEPS));
      }
    expect(report(sample(times(8, 1)), 8, { steps: null }).verdict).toBe('healthy');
  });

  it('has diverged when it has grown by orders of magnitude, whatever its rank', () => {
    for (const deviation of [98_272, 4e7]) {
      const result = report(sample(times(32, deviation)), 32, { steps: 60 });
      expect(result.effectiveRank).toBeGreaterThan(30);
      expect(result.verdict).toBe('diverged');
    }
    expect(report(sample(times(8, 20)), 8, { initialStd: 1e-6 }).verdict).toBe('healthy');
    expect(report(sample(times(8, 5000)), 8, { initialStd: 100 }).verdict).toBe('healthy');
    // Nothing has grown before the first step.
    expect(report(sample(times(8, 4e7)), 8, { steps: 0 }).verdict).toBe('no verdict');
    // What had diverged before training is no measure.
    expect(report(sample(times(8, 4e7)), 8, { initialStd: 1e6 }).verdict).toBe('diverged');
  });

  it('speaks of directions only where there are several', () => {
    const one = report(sample([1]), 1);
    expect(one.reason).toMatch(/one dimension/);
    expect(one.reason).not.toMatch(/direction|rank/);
  });

  it.each([
    [1.4, 'dimensional collapse'],
    [6, 'healthy'],
    [14, 'healthy'],
  ])('with an effective rank of about %d of 64 says %s', (target, verdict) => {
    // One long axis, or as many equal ones as wanted; the rest is small.
    const deviations =
      target < 2
        ? [1.1, ...times(63, 0.001)]
        : [...times(target, 1), ...times(64 - target, 0.0001)];
    const result = report(mixed(sample(deviations), 64), 64);
    expect(result.effectiveRank).toBeGreaterThan(target * 0.8);
    expect(result.effectiveRank).toBeLessThan(target * 1.3);
    expect(result.verdict).toBe(verdict);
  });

  it('finds a collapse to a line in few dimensions, and none in one', () => {
    expect(report(sample([1, 0.0005]), 2).verdict).toBe('dimensional collapse');
    expect(report(sample([1, 0.3]), 2).verdict).toBe('healthy');
    expect(report(sample([1]), 1).verdict).toBe('healthy');
    expect(report(sample([0.001]), 1).verdict).toBe('complete collapse');
  });

  it('does not ask a wide layer for more directions than data has', () => {
    const result = report(mixed(sample([...times(6, 1), ...times(506, 0.0001)]), 512), 512);
    expect(result.verdict).toBe('healthy');
    expect(result.rows).toBe(ROWS);
  });

  it('says nothing of few rows or of spaces that data gives, and that bad values have diverged', () => {
    expect(report(sample(times(4, 1), 0, 3), 4).verdict).toBe('no verdict');
    expect(report(sample(times(4, 0)), 4, { space: 'prediction' }).verdict).toBe('no verdict');
    const bad = sample(times(4, 1));
    bad[17] = NaN;
    expect(report(bad, 4).verdict).toBe('diverged');
  });
});

describe('energyReport', () => {
  const energy = {
    nodeId: 'e',
    label: 'Energy',
    contrast: 'shuffled' as const,
    hasLatent: true,
    representations: [],
  };
  const plain: EnergyContext = { steps: 500, representations: ['healthy'], initial: null };
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

describe('overallVerdict', () => {
  const finding = (verdict: Finding['verdict']): Finding => ({
    label: verdict,
    verdict,
    reason: 'because.',
  });
  it('is the gravest finding', () => {
    for (let gravest = 0; gravest < VERDICT_ORDER.length; gravest++) {
      const findings = VERDICT_ORDER.slice(gravest).map(finding).reverse();
      expect(overallVerdict(findings).verdict).toBe(VERDICT_ORDER[gravest]);
    }
    expect(overallVerdict([]).verdict).toBe('no verdict');
  });

  it('says whose finding it is', () => {
    const result = overallVerdict([finding('healthy'), finding('flat energy')]);
    expect(result.reason).toBe('flat energy: because.');
  });

  it('says of a healthy model what was not tested', () => {
    const { reason } = overallVerdict([finding('healthy')], ['Distance: a caveat.']);
    expect(reason).toContain('Distance: a caveat.');
    expect(reason).toContain('was not tested');
  });
});
