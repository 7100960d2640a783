import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { inferNode } from '../../shared/testing/runNode';
import { dataMovingDots } from './definition';
import { reflect } from './sequence';

interface Film {
  readonly frames: number[][];
  readonly path: number[][];
}

async function films(params: Record<string, unknown>): Promise<Film[]> {
  const loaded = await loadDataset(dataMovingDots, { sequences: 20, ...params });
  const cut = (row: number[], size: number): number[][] =>
    Array.from({ length: row.length / size }, (_, t) => row.slice(t * size, (t + 1) * size));
  const size = loaded.spec.columns['frames']?.shape[0] ?? 0;
  const paths = columnRows(loaded, 'position');
  return columnRows(loaded, 'frames').map((row, n) => ({
    frames: cut(row, size * size),
    path: cut(paths[n] ?? [], 2),
  }));
}

/** From [−1, 1] to pixels. */
function pixel(position: number, size: number): number {
  return ((position + 1) / 2) * (size - 1);
}

describe('data.movingDots', () => {
  it('has frames and positions over time', async () => {
    const { spec } = await loadDataset(dataMovingDots, { length: 4, size: 8, sequences: 10 });
    expect(spec.columns).toEqual({
      frames: tensorType([8, 8, 1], 4),
      position: tensorType([2], 4),
    });
    expect([spec.trainRows, spec.heldOutRows]).toEqual([8, 2]);
  });

  it('draws a Gaussian blob at the position', async () => {
    const size = 12;
    for (const { frames, path } of await films({ size, blob: 1.5, speed: 3 })) {
      frames.forEach((frame, t) => {
        const [x = NaN, y = NaN] = (path[t] ?? []).map((p) => pixel(p, size));
        const at = (row: number, column: number): number =>
          Math.exp(-((column - x) ** 2 + (row - y) ** 2) / (2 * 1.5 ** 2));
        const row = Math.round(y);
        const column = Math.round(x);
        expect(frame[row * size + column]).toBeCloseTo(at(row, column), 5);
        expect(frame[5]).toBeCloseTo(at(0, 5), 5);
      });
    }
  });

  it('stays within [−1, 1] and never jumps further than the largest speed', async () => {
    const size = 10;
    const speed = 6;
    const all = await films({ size, speed, length: 30, turnNoise: 0.5 });
    for (const { path } of all) {
      path.forEach((here, t) => {
        expect(Math.max(...here.map(Math.abs))).toBeLessThanOrEqual(1);
        const before = path[t - 1];
        if (!before) return;
        const [dx = NaN, dy = NaN] = here.map(
          (p, i) => pixel(p, size) - pixel(before[i] ?? NaN, size),
        );
        expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(speed + 1e-4);
      });
    }
    expect(all.some(({ path }) => path.some(([x = 0]) => Math.abs(x) > 0.9))).toBe(true);
  });

  it('goes straight at constant speed without turn noise, away from the borders', async () => {
    let straight = 0;
    for (const { path } of await films({ size: 64, speed: 1, turnNoise: 0, length: 4 })) {
      if (path.flat().some((p) => Math.abs(p) > 0.9)) continue;
      straight++;
      const [first, second, third] = path;
      [0, 1].forEach((i) => {
        const bend = (third?.[i] ?? NaN) - 2 * (second?.[i] ?? NaN) + (first?.[i] ?? NaN);
        expect(bend).toBeCloseTo(0, 5);
      });
    }
    expect(straight).toBeGreaterThan(5);
  });

  it('bounces: a path folds back at both ends', () => {
    expect(reflect(3, 10)).toEqual({ place: 3, flipped: false });
    expect(reflect(12, 10)).toEqual({ place: 8, flipped: true });
    expect(reflect(-3, 10)).toEqual({ place: 3, flipped: true });
    expect(reflect(21, 10)).toEqual({ place: 1, flipped: false });
    expect(reflect(-25, 10)).toEqual({ place: 5, flipped: true });
  });

  it('adds a background that stays or changes', async () => {
    const corner = async (background: string): Promise<number[][]> =>
      (await films({ background, size: 32, blob: 0.3, speed: 0 })).map(({ frames }) =>
        frames.map((frame) => frame[31] ?? NaN),
      );
    const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
    for (const values of await corner('static')) expect(spread(values)).toBeLessThan(1e-6);
    expect(
      (await corner('static')).filter((values) => (values[0] ?? 0) > 0.01).length,
    ).toBeGreaterThan(15);
    for (const values of await corner('changing')) {
      expect(spread(values)).toBeGreaterThan(0.01);
      expect(Math.max(...values)).toBeLessThanOrEqual(1.5);
    }
  });

  it('refuses a data set that would not fit into memory', () => {
    const params = { sequences: 50_000, length: 100, size: 64 };
    expect(inferNode(dataMovingDots, {}, params)).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });

  it('has an identity of the parameters that shape it', () => {
    const id = (params: Record<string, unknown>): string | undefined =>
      dataMovingDots.dataset?.(dataMovingDots.params.parse(params)).id;
    expect(id({ backgroundStrength: 0.1 })).toBe(id({}));
    expect(id({ background: 'static', backgroundStrength: 0.1 })).not.toBe(
      id({ background: 'static' }),
    );
    expect(id({ speed: 1 })).not.toBe(id({}));
  });
});
