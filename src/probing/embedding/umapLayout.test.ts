import { describe, expect, it } from 'vitest';
import { randomKey, RandomStream } from '../../core/random';
import { rowMatrix, type RowMatrix } from '../rowMatrix';
import { nearestNeighbours } from './nearestNeighbours';
import { umapLayout } from './umapLayout';

/** `groups` clouds of 20 points in 6 dimensions, 20 deviations apart. */
function clouds(groups: number): RowMatrix {
  const random = new RandomStream(randomKey(3, 'clouds', 'x'));
  const values = Float64Array.from({ length: groups * 20 * 6 }, (_, at) => {
    const group = Math.floor(at / 6 / 20);
    return random.normal() + (at % 6 === group ? 20 : 0);
  });
  return rowMatrix(groups * 20, 6, values);
}

const goOn = () => Promise.resolve(true);

describe('nearestNeighbours', () => {
  it('are those that sorting all distances gives, each row itself first', async () => {
    const matrix = clouds(2);
    const { rows, columns, values } = matrix;
    const found = await nearestNeighbours(matrix, 7, goOn);
    for (const row of [0, 19, 39]) {
      const sorted = Array.from({ length: rows }, (_, other) => ({
        other,
        distance: Math.hypot(
          ...Array.from({ length: columns }, (_unused, i) => (values[row * columns + i] ?? 0) - (values[other * columns + i] ?? 0)), // prettier-ignore
        ),
      })).sort((a, b) => a.distance - b.distance);
      expect(found?.indices[row]).toEqual(sorted.slice(0, 7).map(({ other }) => other));
      found?.distances[row]?.forEach((distance, place) => {
        expect(distance).toBeCloseTo(sorted[place]?.distance ?? NaN, 10);
      });
    }
  });

  it('puts a row before its own copies', async () => {
    const copies = rowMatrix(4, 1, Float64Array.of(2, 2, 2, 5));
    const found = await nearestNeighbours(copies, 3, goOn);
    expect(found?.indices.map(([first]) => first)).toEqual([0, 1, 2, 3]);
  });
});

describe('umapLayout', () => {
  const matrix = clouds(3);
  const start = Float32Array.from({ length: 120 }, (_, at) => Math.sin(at * 12.9) * 10);
  const layOut = (pause: (part: number) => Promise<boolean> = goOn, seed = 1) =>
    umapLayout(matrix, { dimensions: 2, seed, start, epochs: 120, pause });

  it('keeps the neighbours of a space together, and what lies apart apart', async () => {
    const places = await layOut();
    expect(places).toHaveLength(120);
    if (!places) throw new Error('it was not stopped');
    const flat = rowMatrix(60, 2, Float64Array.from(places));
    const near = await nearestNeighbours(flat, 4, goOn);
    near?.indices.forEach((others, row) => {
      for (const other of others) expect(Math.floor(other / 20)).toBe(Math.floor(row / 20));
    });
  });

  it('is the same for the same seed', async () => {
    expect(await layOut()).toEqual(await layOut());
    expect(await layOut(goOn, 2)).not.toEqual(await layOut());
  });

  it('tells how far it is, and ends with what it has', async () => {
    const told: number[] = [];
    const places = await layOut((part) => {
      told.push(part);
      return Promise.resolve(part < 0.5);
    });
    expect(places).toHaveLength(120);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThan(0.51);
    expect(await layOut(() => Promise.resolve(false))).toBeNull();
  });
});
