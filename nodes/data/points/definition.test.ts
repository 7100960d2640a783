import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { dataPoints } from './definition';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

async function draw(params: Record<string, unknown>, seed = 1): Promise<Point[]> {
  const loaded = await loadDataset(dataPoints, { count: 2000, ...params }, seed);
  return columnRows(loaded, 'y').map(([x = NaN, y = NaN], row) => ({
    x,
    y,
    label: loaded.dataset.labels?.[row] ?? -1,
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function labelsOf(points: readonly Point[]): number[] {
  return [...new Set(points.map(({ label }) => label))].sort((a, b) => a - b);
}

function identity(params: Record<string, unknown>): string | undefined {
  return dataPoints.dataset?.(dataPoints.params.parse(params)).id;
}

const TINY = 1e-5;

describe('data.points', () => {
  it('gives the parabola as x and y: y = x² plus noise, x uniform in [−1, 1]', async () => {
    const loaded = await loadDataset(dataPoints, { shape: 'parabola', count: 2000, noise: 0.1 });
    expect(loaded.spec.columns).toEqual({ x: tensorType([1]), y: tensorType([1]) });
    const x = columnRows(loaded, 'x').map(([value = NaN]) => value);
    const residual = columnRows(loaded, 'y').map(([y = NaN], row) => y - (x[row] ?? NaN) ** 2);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(deviation(x)).toBeCloseTo(1 / Math.sqrt(3), 1);
    expect(Math.abs(mean(residual))).toBeLessThan(0.01);
    expect(deviation(residual)).toBeCloseTo(0.1, 2);
    const ports = dataPoints.ports(dataPoints.params.parse({ shape: 'parabola' }));
    expect(ports.outputs.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(loaded.dataset.labels).toBeUndefined();
  });

  it('puts the ellipse at (r₁ sin θ, r₂ cos θ)', async () => {
    const points = await draw({ shape: 'ellipse', noise: 0, radius1: 2, radius2: 0.5 });
    for (const { x, y } of points) expect((x / 2) ** 2 + (y / 0.5) ** 2).toBeCloseTo(1, 5);
    expect(Math.abs(mean(points.map(({ x }) => x)))).toBeLessThan(0.15);
  });

  it('winds spiral arms: the angle follows from radius and arm', async () => {
    const arms = 3;
    for (const { x, y, label } of await draw({ shape: 'spiral', noise: 0, arms })) {
      const t = (Math.hypot(x, y) - 0.2) / 0.8;
      const angle = ((2 * t + label) * 2 * Math.PI) / arms;
      expect(
        Math.hypot(x - Math.hypot(x, y) * Math.cos(angle), y - Math.hypot(x, y) * Math.sin(angle)),
      ).toBeLessThan(TINY);
      expect(t).toBeGreaterThan(-TINY);
      expect(t).toBeLessThan(1 + TINY);
    }
  });

  it('makes two half-circles for the moons, as scikit-learn', async () => {
    const points = await draw({ shape: 'moons', noise: 0 });
    expect(labelsOf(points)).toEqual([0, 1]);
    for (const { x, y, label } of points) {
      const radius = label === 0 ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5);
      expect(radius).toBeCloseTo(1, 5);
      expect(label === 0 ? y : 0.5 - y).toBeGreaterThan(-TINY);
    }
  });

  it('makes an outer and an inner ring', async () => {
    for (const { x, y, label } of await draw({ shape: 'rings', noise: 0, factor: 0.3 })) {
      expect(Math.hypot(x, y)).toBeCloseTo(label === 0 ? 1 : 0.3, 5);
    }
  });

  it('rolls the swiss roll: radius and angle are both t', async () => {
    for (const { x, y } of await draw({ shape: 'swiss-roll', noise: 0 })) {
      const t = 10 * Math.hypot(x, y);
      expect(t).toBeGreaterThan(1.5 * Math.PI - TINY);
      expect(t).toBeLessThan(4.5 * Math.PI + TINY);
      expect(Math.cos(t) - (10 * x) / t).toBeCloseTo(0, 4);
      expect(Math.sin(t) - (10 * y) / t).toBeCloseTo(0, 4);
    }
  });

  it('stands Gaussians on a circle', async () => {
    const points = await draw({ shape: 'gaussians', centres: 5, radius: 3, noise: 0.1 });
    expect(labelsOf(points)).toEqual([0, 1, 2, 3, 4]);
    for (const label of [0, 3]) {
      const own = points.filter((point) => point.label === label);
      const angle = (2 * Math.PI * label) / 5;
      expect(mean(own.map(({ x }) => x))).toBeCloseTo(3 * Math.cos(angle), 1);
      expect(mean(own.map(({ y }) => y))).toBeCloseTo(3 * Math.sin(angle), 1);
      expect(deviation(own.map(({ x }) => x)) / 0.1).toBeCloseTo(1, 0);
    }
  });

  it('fills the eight dark squares of the checkerboard, evenly', async () => {
    const counts = new Map<string, number>();
    for (const { x, y } of await draw({ shape: 'checkerboard' })) {
      const column = Math.floor((x + 4) / 2);
      const row = Math.floor((y + 4) / 2);
      expect((column + row) % 2).toBe(0);
      counts.set(`${column},${row}`, (counts.get(`${column},${row}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    for (const count of counts.values()) expect(Math.abs(count - 250)).toBeLessThan(4 * 15);
  });

  it('turns the blades of the pinwheel by an angle that grows with the radius', async () => {
    const blades = 5;
    const points = await draw({ shape: 'pinwheel', noise: 0, blades });
    for (const { x, y, label } of points) {
      const radius = Math.hypot(x, y) / 2;
      // One point in two thousand lies beyond the centre, where the way along the blade is negative.
      const distances = [radius, -radius].map((along) => {
        const angle = (2 * Math.PI * label) / blades + 0.25 * Math.exp(along);
        return Math.hypot(x - 2 * along * Math.cos(angle), y - 2 * along * Math.sin(angle));
      });
      expect(Math.min(...distances)).toBeLessThan(1e-4);
    }
    expect(deviation(points.map(({ x, y }) => Math.hypot(x, y) / 2))).toBeCloseTo(0.3, 1);
  });

  it('holds a fifth out', async () => {
    const { spec } = await loadDataset(dataPoints, { count: 500 });
    expect([spec.trainRows, spec.heldOutRows]).toEqual([400, 100]);
  });

  it('repeats for a seed and differs between seeds', async () => {
    const params = { shape: 'moons', count: 50 };
    expect(await draw(params, 3)).toEqual(await draw(params, 3));
    expect(await draw(params, 3)).not.toEqual(await draw(params, 4));
  });

  it('has an identity of exactly the parameters that shape it', () => {
    expect(identity({ shape: 'moons', arms: 7, radius1: 3 })).toBe(identity({ shape: 'moons' }));
    expect(identity({ shape: 'moons', noise: 0.1 })).toBe(identity({ shape: 'moons' }));
    const different = [
      { shape: 'moons' },
      { shape: 'moons', noise: 0.2 },
      { shape: 'moons', count: 20 },
      { shape: 'rings' },
      { shape: 'rings', factor: 0.4 },
      { shape: 'spiral', arms: 2 },
      { shape: 'spiral', arms: 4 },
    ].map(identity);
    expect(new Set(different).size).toBe(different.length);
  });
});
