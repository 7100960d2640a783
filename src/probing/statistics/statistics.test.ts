import { describe, expect, it } from 'vitest';
import { energyReport } from '../energyReport';
import { latentReport } from '../latentReport';
import { representationReport, viewsReport } from '../representationReport';
import { attainableRank, effectiveRank, eigenvalueSum, powerLawExponent } from '../spectrum';
import { BINS } from './bins';

const JUDGED = { steps: 500, initialStd: 0.5, comparesDirections: false, isCompared: true };

function reportOf(rows: readonly (readonly number[])[], ...views: (readonly number[])[][]) {
  const [first = []] = rows;
  const port = { label: 'Z', rows: rows.length, dim: first.length, space: 'embedding' } as const;
  const arrays = views.map((view) => Float64Array.from(view.flat()));
  const seen = viewsReport(port, arrays);
  return representationReport(port, Float64Array.from(rows.flat()), JUDGED, seen);
}

/** The rows of tests/oracles/representationStatistics.py. */
const ROWS = 40;
const DIM = 6;
const rows = Array.from({ length: ROWS }, (_, n) =>
  Array.from(
    { length: DIM },
    (_, d) => Math.sin(1.3 * n + 0.7 * d) + 0.3 * Math.cos(0.9 * n * d) + 0.2 * d,
  ),
);
const view = rows.map((row, n) => row.map((value, d) => value + 0.05 * Math.sin(2.1 * n - d)));

describe('statistics of a representation', () => {
  const report = reportOf(rows, rows, view);

  // representationStatistics.py, NumPy 2.4.6.
  it.each([
    ['effectiveRank', 3.7225513492],
    ['effectiveRankUncentred', 3.9917616465],
    ['participationRatio', 2.0923739732],
    ['neSum', 1.7438311096],
    ['stableRank', 1.6760960813],
    ['alphaReQ', 3.5806503466],
    ['coherence', 2.0070318517],
    ['lidar', 2.5163625664],
    ['alignment', 0.00123597978],
    ['uniformity', -1.4023666702],
  ] as const)('%s is that of NumPy', (key, value) => {
    expect(Math.abs((report[key] ?? NaN) - value)).toBeLessThan(1e-8);
  });

  it('has the correlations and the histogram of NumPy', () => {
    const line = report.correlation.values.slice(DIM, 2 * DIM);
    const known = [0.7437718468, 1, 0.696515573, 0.1574611282, -0.4679154555, -0.8675505351];
    known.forEach((value, d) => expect(Math.abs((line[d] ?? NaN) - value)).toBeLessThan(1e-5));
    expect(report.histograms.counts.slice(2 * BINS, 3 * BINS)).toEqual([
      0, 0, 1, 1, 3, 2, 2, 1, 3, 2, 1, 0, 1, 1, 1, 1, 3, 1, 1, 3, 0, 4, 2, 2, 0, 3, 1, 0, 0, 0, 0,
      0,
    ]);
  });

  it('has closed forms of its spectrum', () => {
    const eigenvalues = Array.from({ length: 8 }, (_, i) => 1 / (i + 1));
    expect(eigenvalueSum(eigenvalues.map(Math.sqrt))).toBeCloseTo(2.717857143, 9);
    expect(powerLawExponent(eigenvalues.map(Math.sqrt))).toBeCloseTo(1, 12);
    expect(powerLawExponent(eigenvalues)).toBeCloseTo(2, 12);
    expect(powerLawExponent([3])).toBeNull();
    expect(effectiveRank([3, 1])).toBeCloseTo(1.7547653506, 6);
    expect(attainableRank({ rows: 4, dim: 8 })).toBe(3);
    // Of diag(3, 1) itself: RankMe of the uncentred rows, and (9 + 1)/9.
    const diagonal = reportOf([
      [3, 0],
      [0, 1],
    ]);
    expect(diagonal.effectiveRankUncentred).toBeCloseTo(1.7547653506, 6);
    expect(diagonal.stableRank).toBeCloseTo(10 / 9, 12);
  });

  it('has the LiDAR of three samples with two views', () => {
    const first = [
      [2, 0],
      [-1, 1],
      [0, -2],
    ];
    const second = [
      [2, 0.2],
      [-1, 1.2],
      [0.2, -2],
    ];
    expect(reportOf(first, first, second).lidar).toBeCloseTo(1.8896748, 6);
    // Views change nothing of a scale: alignment and uniformity are of unit rows.
    const doubled = second.map((row) => row.map((value) => 2 * value));
    expect(reportOf(first, first, doubled).alignment).toBeCloseTo(
      reportOf(first, first, second).alignment ?? NaN,
      12,
    );
  });

  it('says nothing of views where there is one', () => {
    expect(reportOf(rows)).toMatchObject({ lidar: null, alignment: null, uniformity: null });
    expect(reportOf(rows, rows)).toMatchObject({ lidar: null });
  });

  it('has a coherence of 1 where all rows carry alike, and of N/d where one carries a direction', () => {
    const hadamard = [
      [1, 1],
      [1, -1],
      [1, 1],
      [1, -1],
    ];
    expect(reportOf(hadamard).coherence).toBeCloseTo(1, 12);
    const lonely = [
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 5],
    ];
    expect(reportOf(lonely).coherence).toBeCloseTo(2, 12);
    // Over 192 columns from the other side of the decomposition, where fewer rows than dimensions are a basis.
    const wide = Array.from({ length: 3 }, (_, n) =>
      Array.from({ length: 200 }, (_, d) => (d === n ? 1 : 0)),
    );
    expect(reportOf(wide).coherence).toBeCloseTo(1, 12);
  });

  it('finds equal rows collapsed, without a number that is none', () => {
    const equal = Array.from({ length: 8 }, () => [0.1, 0.3, -1]);
    const collapsed = reportOf(equal, equal, equal);
    expect(collapsed.verdict).toBe('complete collapse');
    expect(collapsed).toMatchObject({ alignment: 0, uniformity: 0 });
    const numbers = Object.values(collapsed).filter((value) => typeof value === 'number');
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(collapsed.correlation.values.every((value) => value === 0)).toBe(true);
  });

  it('finds orthonormal rows in more dimensions not collapsed', () => {
    const orthonormal = Array.from({ length: 4 }, (_, n) =>
      Array.from({ length: 8 }, (_, d) => (d === n ? 1 : 0)),
    );
    const report = reportOf(orthonormal);
    expect(report.effectiveRank).toBeCloseTo(3, 5);
    expect(report.verdict).not.toMatch(/^(complete|dimensional) collapse/);
  });

  it('draws at most 64 dimensions of a wide layer', () => {
    const wide = Array.from({ length: 10 }, (_, n) =>
      Array.from({ length: 100 }, (_, d) => Math.sin(n * d + d)),
    );
    const { correlation, histograms } = reportOf(wide);
    expect(correlation.dimensions).toHaveLength(64);
    expect(correlation.values).toHaveLength(64 * 64);
    expect(histograms.counts).toHaveLength(64 * BINS);
    expect(histograms.counts.reduce((sum, count) => sum + count, 0)).toBe(64 * 10);
  });
});

describe('energies of pairs', () => {
  it('are counted over one range', () => {
    const energy = {
      label: 'E',
      contrast: 'shuffled',
      isCompared: true,
      hasOwnSamples: false,
    } as const;
    const arrays = {
      data: Float64Array.of(0, 0.1, 1),
      shuffled: Float64Array.of(32, 31),
      latentShuffled: null,
    };
    const { pairs } = energyReport(energy, arrays, {
      steps: 0,
      initial: null,
      representations: [],
    });
    expect(pairs).toMatchObject({ low: 0, high: 32 });
    expect(pairs.data.slice(0, 3)).toEqual([2, 1, 0]);
    expect(pairs.shuffled?.slice(-2)).toEqual([0, 2]);
  });
});

describe('statistics of a latent', () => {
  const plain = { label: 'z', rows: 4, isCode: false };
  const none = { posterior: null };

  it('counts the dimensions and codes that are in use', () => {
    const values = Float64Array.of(1, 5, 0, -1, 5, 0.001, 1, 5, 0, -1, 5, 0.001);
    const numbers = latentReport({ ...plain, dim: 3 }, { values, ...none }, []);
    expect(numbers).toMatchObject({ used: 1, entropy: null, perplexity: null, leak: null });
    expect(numbers.usage[0]).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(numbers.usage[1]).toBe(0);
    // Shares 1/2, 1/4, 1/4 and none: H = 3/2 · log 2.
    const codes = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    const used = latentReport({ ...plain, dim: 4, isCode: true }, { values: codes, ...none }, []);
    expect(used.used).toBe(3);
    expect(used.usage).toEqual([0.5, 0.25, 0.25, 0]);
    expect(used.entropy).toBeCloseTo(1.5 * Math.log(2), 12);
    expect(used.perplexity).toBeCloseTo(2 ** 1.5, 12);
  });

  it('has the divergence of each dimension of a posterior, and counts the active ones', () => {
    const mean = Float64Array.of(1, 0, -1, 0, 1, 0.05, -1, -0.05);
    const logVariance = Float64Array.of(-1, 0, -1, 0, -1, 0, -1, 0);
    const posterior = { mean, logVariance };
    const report = latentReport({ ...plain, dim: 2 }, { values: mean, posterior }, []);
    // ½(e⁻¹ + 1 − 1 + 1) and ½ · mean(0, 0, 0.05², 0.05²).
    const first = (Math.exp(-1) + 1) / 2;
    expect(report.divergences?.[0]).toBeCloseTo(first, 12);
    expect(report.divergences?.[1]).toBeCloseTo(0.000625, 12);
    expect(report.divergence).toBeCloseTo(first + 0.000625, 12);
    expect(report.used).toBe(1);
  });

  it('leaks as far as a foreign latent costs more than a foreign y', () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const leakOf = (...energies: { gap: number | null; latentRise: number | null }[]) =>
      latentReport({ ...plain, dim: 1 }, { values, ...none }, energies).leak;
    expect(leakOf({ gap: 1, latentRise: 3 })).toBe(0.75);
    expect(leakOf({ gap: -1, latentRise: 3 })).toBe(1);
    expect(leakOf({ gap: 1, latentRise: -0.1 })).toBe(0);
    expect(leakOf({ gap: 1, latentRise: 1 }, { gap: 0, latentRise: 1 })).toBe(1);
    expect(leakOf({ gap: null, latentRise: 1 })).toBeNull();
  });
});
