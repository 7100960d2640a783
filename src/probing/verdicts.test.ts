import { describe, expect, it } from 'vitest';
import type { RepresentationPort } from '../compiler/programs/compiled';
import { RandomStream } from '../core/random';
import { energyReport } from './energyReport';
import { overallVerdict, type Finding } from './overallVerdict';
import type { Verdict } from './report';
import { representationReport } from './representationReport';

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

function report(
  values: Float64Array,
  dim: number,
  space: RepresentationPort['space'] = 'embedding',
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
  return representationReport(port, values);
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

  it('sees rows that all point the same way, whatever their length', () => {
    // Unit rows deviate by about 0.002, as in collapsed SimSiam.
    const result = report(sample(times(64, 0.05), 3), 64);
    expect(result.meanStd).toBeGreaterThan(0.01);
    expect(result.unitRowStd).toBeLessThan(0.0025);
    expect(result.verdict).toBe('complete collapse');
  });

  it('does not judge directions in few dimensions', () => {
    expect(report(sample([0.5, 0.5], 20), 2).verdict).toBe('healthy');
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
    const result = report(sample(deviations), 64);
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
    const result = report(sample([...times(6, 1), ...times(506, 0.0001)]), 512);
    expect(result.verdict).toBe('healthy');
    expect(result.rows).toBe(ROWS);
  });

  it('says nothing of few rows or of spaces that data gives, and that bad values have diverged', () => {
    expect(report(sample(times(4, 1), 0, 5), 4).verdict).toBe('no verdict');
    expect(report(sample(times(4, 0)), 4, 'prediction').verdict).toBe('no verdict');
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
  const plain = { trained: true, representations: ['healthy'] as Verdict[] };
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

  it('does not call a model collapsed that has not been trained', () => {
    const flat = around(0.01, 0.01);
    expect(verdict(flat, flat, { ...plain, trained: false })).toBe('no verdict');
    expect(verdict(around(0.1, 0.05), around(1, 0.3, 2), { ...plain, trained: false })).toBe(
      'healthy',
    );
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
    const collapsed = { ...plain, representations: ['healthy', 'complete collapse'] as Verdict[] };
    expect(verdict(flat, flat, collapsed, foreign)).toBe('flat energy');
  });

  it('is never healthy on representations that have collapsed', () => {
    const collapsed = { ...plain, representations: ['complete collapse'] as Verdict[] };
    expect(verdict(around(1e-6, 1e-7), around(1e-5, 1e-7, 2), collapsed)).toBe('no verdict');
    const narrow = { ...plain, representations: ['dimensional collapse'] as Verdict[] };
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
  const ORDER: readonly Finding['verdict'][] = [
    'diverged',
    'complete collapse',
    'dimensional collapse',
    'latent leak',
    'flat energy',
    'healthy',
    'no verdict',
  ];

  it('is the gravest finding', () => {
    for (let gravest = 0; gravest < ORDER.length; gravest++) {
      const findings = ORDER.slice(gravest).map(finding).reverse();
      expect(overallVerdict(findings).verdict).toBe(ORDER[gravest]);
    }
    expect(overallVerdict([]).verdict).toBe('no verdict');
  });

  it('says whose finding it is', () => {
    const result = overallVerdict([finding('healthy'), finding('flat energy')]);
    expect(result.reason).toBe('flat energy: because.');
  });
});
