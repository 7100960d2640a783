import { describe, expect, it } from 'vitest';
import { randomKey, RandomStream } from '../../../src/core/random';
import { tensorType } from '../../../src/graph/ports';
import { isFree, simulate, type TwoRooms, type Vector } from '../../../src/worlds/twoRooms';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { inferNode } from '../../shared/testing/runNode';
import { dataTwoRooms } from './definition';
import { drawLength, drawVonMises } from './policy';

interface Sequence {
  /** By step and channel, row by row. */
  readonly dots: number[][];
  readonly walls: number[][];
  readonly actions: Vector[];
  readonly path: Vector[];
  readonly distractor: Vector[];
}

const SEQUENCES = 40;

async function sequences(params: Record<string, unknown>): Promise<Sequence[]> {
  const loaded = await loadDataset(dataTwoRooms, { sequences: SEQUENCES, ...params });
  const size = loaded.spec.columns['states']?.shape[0] ?? 0;
  const pixels = size * size;
  const [states = [], actions = [], position = [], distractor = []] = [
    'states',
    'actions',
    'position',
    'distractor',
  ].map((column) => columnRows(loaded, column));
  const channel = (row: number[], which: number): number[][] => {
    const numbers = row.filter((_, index) => index % 2 === which);
    return Array.from({ length: numbers.length / pixels }, (_, t) =>
      numbers.slice(t * pixels, (t + 1) * pixels),
    );
  };
  const vectors = (row: number[] = [], scale = (x: number) => x): Vector[] =>
    Array.from({ length: row.length / 2 }, (_, t) => ({
      x: scale(row[2 * t] ?? NaN),
      y: scale(row[2 * t + 1] ?? NaN),
    }));
  const toPixels = (place: number): number => ((place + 1) / 2) * (size - 1);
  return states.map((row, index) => ({
    dots: channel(row, 0),
    walls: channel(row, 1),
    actions: vectors(actions[index]),
    path: vectors(position[index], toPixels),
    distractor: vectors(distractor[index], toPixels),
  }));
}

/** The rooms that a picture shows: the column of the wall and the rows in which it is open. */
function roomsOf(wall: readonly number[], size: number): TwoRooms {
  const columns = Array.from({ length: size }, (_, c) => c);
  const column = columns.find((c) => wall.some((v, i) => v === 1 && i % size === c)) ?? NaN;
  const open = columns.filter((row) => wall[row * size + column] !== 1);
  const [first = NaN, last = NaN] = [open[0], open.at(-1)];
  expect(open).toHaveLength(last - first + 1);
  return { size, wall: column, door: (first + last) / 2, doorHalfSize: (last - first) / 2 };
}

describe('data.twoRooms', () => {
  it('has states, actions and places over time', async () => {
    const { spec } = await loadDataset(dataTwoRooms, { length: 4, size: 9, sequences: 10 });
    expect(spec.columns).toEqual({
      states: tensorType([9, 9, 2], 4),
      actions: tensorType([2], 4),
      position: tensorType([2], 4),
      distractor: tensorType([2], 4),
    });
    expect([spec.trainRows, spec.heldOutRows]).toEqual([8, 2]);
  });

  it('goes from state to state as the world does, in the rooms that are seen', async () => {
    const size = 13;
    let blocked = 0;
    for (const layout of ['fixed', 'drawn']) {
      for (const { walls, actions, path } of await sequences({
        size,
        layout,
        length: 12,
        step: 2,
      })) {
        const world = roomsOf(walls[0] ?? [], size);
        path.slice(1).forEach((next, t) => {
          const [from, action] = [path[t], actions[t]];
          if (!from || !action) throw new Error('a step without a start');
          const expected = simulate(world, from, action);
          expect(Math.hypot(next.x - expected.x, next.y - expected.y)).toBeLessThan(1e-4);
          if (Math.hypot(next.x - from.x - action.x, next.y - from.y - action.y) > 1e-3) blocked++;
        });
      }
    }
    expect(blocked).toBeGreaterThan(20);
  });

  it('draws a Gaussian blob at the place, and a wall with a door', async () => {
    const [size, blob] = [11, 1.2];
    for (const { dots, walls, path } of await sequences({
      size,
      blob,
      doorHalfSize: 1,
      length: 3,
    })) {
      dots.forEach((dot, t) => {
        const { x = NaN, y = NaN } = path[t] ?? {};
        for (const pixel of [0, 17, 60, size * Math.round(y) + Math.round(x)]) {
          const [row, column] = [Math.floor(pixel / size), pixel % size];
          const squared = (column - x) ** 2 + (row - y) ** 2;
          expect(dot[pixel]).toBeCloseTo(Math.exp(-squared / (2 * blob ** 2)), 4);
        }
      });
      for (const wall of walls) {
        expect(roomsOf(wall, size)).toEqual({ size, wall: 5, door: 3, doorHalfSize: 1 });
        expect(wall.filter((value) => value !== 0)).toHaveLength(size - 3);
      }
    }
  });

  it('draws rooms that are rooms, or one for all', async () => {
    const size = 15;
    const drawn = (await sequences({ size, layout: 'drawn', length: 2 })).map(({ walls }) => {
      expect(walls[1]).toEqual(walls[0]);
      return roomsOf(walls[0] ?? [], size);
    });
    for (const { wall, door } of drawn) {
      expect(wall).toBeGreaterThanOrEqual(5);
      expect(wall).toBeLessThanOrEqual(9);
      expect(door).toBeGreaterThanOrEqual(3);
      expect(door).toBeLessThanOrEqual(11);
    }
    expect(new Set(drawn.map(({ wall }) => wall)).size).toBe(5);
    expect(new Set(drawn.map(({ door }) => door)).size).toBeGreaterThan(5);
    // A door that is too wide leaves a row of wall on both sides.
    const wide = await sequences({ size: 9, doorHalfSize: 20, length: 1 });
    expect(roomsOf(wide[0]?.walls[0] ?? [], 9)).toMatchObject({ door: 4, doorHalfSize: 3 });
  });

  it('starts everywhere that is free', async () => {
    const starts = (await sequences({ size: 9, length: 1 })).map(({ path }) => path[0]);
    const world: TwoRooms = { size: 9, wall: 4, door: 3, doorHalfSize: 2 };
    for (const start of starts) expect(isFree(world, start ?? { x: NaN, y: NaN })).toBe(true);
    expect(starts.filter((start) => (start?.x ?? 0) > 4).length).toBeGreaterThan(10);
    expect(starts.filter((start) => (start?.x ?? 9) < 4).length).toBeGreaterThan(10);
  });

  it('takes steps of cut normal lengths', async () => {
    const loaded = await loadDataset(dataTwoRooms, { size: 33, length: 40, sequences: 100 });
    const lengths = columnRows(loaded, 'actions').flatMap((row) =>
      row.flatMap((x, index) => (index % 2 === 0 ? [Math.hypot(x, row[index + 1] ?? NaN)] : [])),
    );
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(0.2 - 1e-6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1.8 + 1e-6);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(lengths)).toBeCloseTo(1, 1);
  });

  it('has a distractor that stays, or is elsewhere in each state, and that stops nothing', async () => {
    const size = 13;
    for (const distractor of ['fixed', 'changing']) {
      for (const { walls, distractor: spots } of await sequences({ size, distractor, length: 5 })) {
        const places = new Set(spots.map(({ x, y }) => `${x} ${y}`));
        expect(places.size).toBe(distractor === 'fixed' ? 1 : 5);
        spots.forEach(({ x, y }, t) => {
          const at = walls[t]?.[size * Math.round(y) + Math.round(x)] ?? NaN;
          // Within half a pixel of its middle in both directions, or behind the wall.
          expect(at).toBeGreaterThanOrEqual(Math.exp(-0.5 / (2 * 1.3 ** 2)) - 1e-4);
        });
      }
    }
  });

  it('refuses a data set that would not fit into memory', () => {
    const fits = (params: Record<string, unknown>): unknown => inferNode(dataTwoRooms, {}, params);
    expect(fits({ sequences: 240, length: 17, size: 65 })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
    expect(fits({ sequences: 230, length: 17, size: 65 })).toMatchObject({ ok: true });
    expect(fits({ sequences: 5800, length: 10, size: 17 })).toMatchObject({ ok: true });
  });

  it('is the same for a seed, and another for another', async () => {
    const numbers = async (seed: number): Promise<Float32Array | undefined> => {
      const params = { sequences: 10, length: 3, size: 9 };
      return (await loadDataset(dataTwoRooms, params, seed)).dataset.columns['actions'];
    };
    expect(await numbers(1)).toEqual(await numbers(1));
    expect(await numbers(1)).not.toEqual(await numbers(2));
  });
});

describe('the policy', () => {
  const random = new RandomStream(randomKey(1, 'policy', 'test'));
  const mean = (draw: () => number, count = 20_000): number => {
    let total = 0;
    for (let index = 0; index < count; index++) total += draw();
    return total / count;
  };

  it.each([
    // A(κ) = I₁(κ)/I₀(κ), from scipy.special.ive(1, κ) / ive(0, κ).
    [0, 0],
    [0.5, 0.2424996125808019],
    [5, 0.8933831370108571],
    [50, 0.9899489673784978],
  ])('turns by von Mises of κ = %s: the mean cosine is I₁/I₀', (concentration, expected) => {
    expect(mean(() => Math.cos(drawVonMises(random, concentration)))).toBeCloseTo(expected, 1.5);
    expect(mean(() => Math.sin(drawVonMises(random, concentration)))).toBeCloseTo(0, 1.5);
  });

  it('takes lengths from a normal distribution cut at two deviations', () => {
    const lengths = Array.from({ length: 20_000 }, () => drawLength(random, 1, 0.4));
    let index = 0;
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1.8);
    // The variance of a normal distribution that is cut at ±2 is 0.7737 (scipy.stats.truncnorm(-2, 2).var()).
    const variance = mean(() => ((lengths[index++] ?? NaN) - 1) ** 2, lengths.length);
    expect(variance / 0.4 ** 2).toBeCloseTo(0.7737, 1);
  });
});
