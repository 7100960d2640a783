import { describe, expect, it } from 'vitest';
import type { RepresentationPort } from '../compiler/programs/compiled';
import { RandomStream } from '../core/random';
import { representationReport, type RepresentationContext } from './representationReport';
import { MINIMUM_STEPS } from './verdicts/training';

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
    views: [],
  };
  const trained = { steps: 500, initialStd: 0.2, comparesDirections: false, isCompared: true };
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

  it('minds dead units of a hidden layer behind a rectifier only where something compares them', () => {
    const rectified = sample([1, 0, 1, 0, 1, 0, 1, 0]).map((value) => Math.max(0, value));
    const hidden = report(rectified, 8, { isCompared: false });
    expect(hidden.verdict).toBe('healthy');
    expect(hidden.reason).toContain('4 of its 8 dimensions are dead');
    expect(report(rectified, 8).verdict).toBe('partial collapse');
    const signed = sample([1, 0, 1, 0, 1, 0, 1, 0]);
    expect(report(signed, 8, { isCompared: false }).verdict).toBe('partial collapse');
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
