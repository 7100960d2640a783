import { describe, expect, it } from 'vitest';
import { descend, type EnergyAndSlope } from './descend';

/** ½(x² + 25 (y − 1)²): least at (0, 1). */
function bowl([x = NaN, y = NaN]: readonly number[]): Promise<EnergyAndSlope> {
  return Promise.resolve({
    energy: 0.5 * (x ** 2 + 25 * (y - 1) ** 2),
    slope: [x, 25 * (y - 1)],
  });
}

const from = (at: (point: readonly number[]) => Promise<EnergyAndSlope>, ...start: number[]) =>
  descend(at, start, { span: 4 });

describe('descend', () => {
  it('finds the minimum of a bowl, lower at each step', async () => {
    const { path, energies, end } = await from(bowl, 1.5, -0.5);
    expect(end).toBe('minimum');
    const [x, y] = path.at(-1) ?? [];
    expect(x).toBeCloseTo(0, 2);
    expect(y).toBeCloseTo(1, 3);
    expect(path[0]).toEqual([1.5, -0.5]);
    expect(energies).toHaveLength(path.length);
    energies.forEach((energy, step) => {
      if (step > 0) expect(energy).toBeLessThan(energies[step - 1] ?? NaN);
    });
    // Its steps are short enough to be seen as a path.
    path.forEach((point, step) => {
      const [a = NaN, b = NaN] = path[step - 1] ?? point;
      expect(Math.hypot((point[0] ?? NaN) - a, (point[1] ?? NaN) - b)).toBeLessThanOrEqual(0.161);
    });
  });

  it('moves one number along', async () => {
    const { path } = await from(
      async ([y = NaN]) => Promise.resolve({ energy: (y - 0.25) ** 2, slope: [2 * (y - 0.25)] }),
      -1,
    );
    expect(path.at(-1)?.[0]).toBeCloseTo(0.25, 3);
  });

  it('stays where the slope is zero', async () => {
    expect(await from(bowl, 0, 1)).toEqual({ path: [[0, 1]], energies: [0], end: 'minimum' });
  });

  it('gives up far from the start, where the energy has no bottom', async () => {
    const { path, end } = await from(
      ([x = NaN, y = NaN]) => Promise.resolve({ energy: -x - y, slope: [-1, -1] }),
      ...[0, 0],
    );
    expect(end).toBe('away');
    expect(Math.hypot(...(path.at(-1) ?? []))).toBeGreaterThan(12);
  });

  it('ends after enough steps', async () => {
    const slow = descend(bowl, [1.5, -0.5], { span: 4, steps: 3 });
    expect(await slow).toMatchObject({ end: 'steps' });
    expect((await slow).path).toHaveLength(4);
  });

  it('does not start where the energy is not finite, and does not go there', async () => {
    const nowhere = () => Promise.resolve({ energy: NaN, slope: [NaN] });
    expect(await from(nowhere, 1)).toMatchObject({ path: [[1]], end: 'not finite' });
    const wall = ([x = NaN]: readonly number[]) =>
      Promise.resolve({ energy: x < 0.5 ? NaN : x, slope: [1] });
    const { path, end } = await from(wall, 1);
    expect(end).toBe('minimum');
    for (const [x] of path) expect(x).toBeGreaterThanOrEqual(0.5);
  });
});
