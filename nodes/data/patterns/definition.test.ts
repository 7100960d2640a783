import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { dataPatterns } from './definition';
import { LETTERS } from './letters';

async function draw(params: Record<string, unknown>, seed = 1) {
  const loaded = await loadDataset(dataPatterns, params, seed);
  return {
    spec: loaded.spec,
    y: columnRows(loaded, 'y'),
    flipped: columnRows(loaded, 'flipped'),
    labels: loaded.dataset.labels,
  };
}

function counts(rows: readonly (readonly number[])[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row.join(), (found.get(row.join()) ?? 0) + 1);
  return found;
}

function identity(params: Record<string, unknown>): string | undefined {
  return dataPatterns.dataset?.(dataPatterns.params.parse(params)).id;
}

/** W = Σ y yᵀ without the diagonal; units take their signs one after the other until none changes. */
function recalled(patterns: readonly (readonly number[])[], start: readonly number[]): number[] {
  const y = [...start];
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 0; i < y.length; i++) {
      const field = patterns.reduce((sum, pattern) => {
        const overlap = pattern.reduce(
          (dot, unit, j) => (j === i ? dot : dot + unit * (y[j] ?? 0)),
          0,
        );
        return sum + (pattern[i] ?? NaN) * overlap;
      }, 0);
      const next = field === 0 ? (y[i] ?? NaN) : Math.sign(field);
      changed ||= next !== y[i];
      y[i] = next;
    }
  }
  return y;
}

describe('data.patterns', () => {
  it('repeats every letter equally often, in training and held-out rows, with its number', async () => {
    const { spec, y, labels } = await draw({ letters: 3 });
    expect(spec.columns).toEqual({ y: tensorType([49]), flipped: tensorType([49]) });
    expect([spec.trainRows, spec.heldOutRows]).toEqual([1002, 252]);
    expect([...counts(y.slice(0, spec.trainRows)).values()]).toEqual([334, 334, 334]);
    expect([...counts(y.slice(spec.trainRows)).values()]).toEqual([84, 84, 84]);
    y.forEach((row, index) => {
      const letter = LETTERS[labels?.[index] ?? -1];
      expect(row).toEqual(letter?.map((unit) => 2 * unit - 1));
    });
  });

  it('has letters of 7 × 7 units that differ, with a third to four fifths of them on', () => {
    expect(new Set(LETTERS.map((letter) => letter.join())).size).toBe(LETTERS.length);
    for (const letter of LETTERS) {
      expect(letter).toHaveLength(49);
      const on = letter.reduce((sum, unit) => sum + unit) / 49;
      expect(on).toBeGreaterThan(1 / 3);
      expect(on).toBeLessThan(4 / 5);
    }
  });

  it('flips its part of the units, in each row other ones', async () => {
    const { y, flipped } = await draw({ letters: 2, flip: 0.15 });
    const changed = flipped.map((row, index) =>
      row.flatMap((unit, place) => (unit === y[index]?.[place] ? [] : [place])),
    );
    expect(new Set(changed.map(({ length }) => length))).toEqual(new Set([Math.round(0.15 * 49)]));
    expect(new Set(changed.map((places) => places.join())).size).toBeGreaterThan(1000);
    // Every unit is as likely as another: 1252 rows of 7 flips are 179 a unit, with a deviation of about 12.
    const hits = Array<number>(49).fill(0);
    for (const place of changed.flat()) hits[place] = (hits[place] ?? 0) + 1;
    for (const hit of hits) expect(Math.abs(hit - (changed.length * 7) / 49)).toBeLessThan(60);
    expect((await draw({ letters: 2, flip: 0 })).flipped).toEqual(y);
  });

  it('can be recalled by a Hopfield network: five letters, and not eight', async () => {
    const right = async (letters: number): Promise<number> => {
      const { y, flipped, spec } = await draw({ letters });
      const patterns = y.slice(0, letters);
      const tries = flipped.slice(spec.trainRows, spec.trainRows + 200);
      const hits = tries.filter((start, row) =>
        recalled(patterns, start).every((unit, i) => unit === y[spec.trainRows + row]?.[i]),
      );
      return hits.length / tries.length;
    };
    expect(await right(4)).toBeGreaterThan(0.95);
    expect(await right(5)).toBeGreaterThan(0.95);
    expect(await right(8)).toBeLessThan(0.6);
  });

  it('has all bars and stripes, each equally often but all-on and all-off twice', async () => {
    const { spec, y, labels } = await draw({ source: 'bars', size: 3, values: '0/1' });
    expect(spec.columns['y']).toEqual(tensorType([9]));
    const times = (spec.trainRows + spec.heldOutRows) / 16;
    const found = counts(y);
    expect(found.size).toBe(2 * 2 ** 3 - 2);
    for (const [pattern, count] of found) {
      const units = pattern.split(',').map(Number);
      const at = (row: number, column: number): number | undefined => units[3 * row + column];
      const lines = [0, 1, 2];
      const isBar = lines.every((row) => lines.every((column) => at(row, column) === at(row, 0)));
      const isStripe = lines.every((row) =>
        lines.every((column) => at(row, column) === at(0, column)),
      );
      expect(isBar || isStripe).toBe(true);
      expect(count).toBe(isBar && isStripe ? 2 * times : times);
    }
    expect(labels).toBeUndefined();
  });

  it('draws random patterns from the seed, on and off alike', async () => {
    const params = { source: 'random', count: 200, units: 50 };
    const { y, labels } = await draw(params, 3);
    expect(counts(y).size).toBe(200);
    const mean =
      y
        .slice(0, 200)
        .flat()
        .reduce((sum, unit) => sum + unit) / 10_000;
    expect(Math.abs(mean)).toBeLessThan(4 / 100);
    expect([...new Set(y.flat())].sort()).toEqual([-1, 1]);
    expect(labels?.[201]).toBe(1);
    expect((await draw(params, 3)).y).toEqual(y);
    expect((await draw(params, 4)).y).not.toEqual(y);
  });

  it('takes digits at half ink, other ones held out', async () => {
    const { spec, y, labels } = await draw({ source: 'digits', values: '0/1' });
    expect([spec.trainRows, spec.heldOutRows]).toEqual([1437, 360]);
    // The first image begins 0, 0, 5, 13, 9, 1, 0, 0 of 16.
    expect(y[0]?.slice(0, 8)).toEqual([0, 0, 0, 1, 1, 0, 0, 0]);
    expect([...new Set(y.flat())].sort()).toEqual([0, 1]);
    expect(Array.from(labels?.subarray(0, 10) ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has an identity of exactly the parameters that shape it', () => {
    expect(identity({ letters: 4, count: 9, units: 7, size: 3 })).toBe(identity({}));
    const different = [
      {},
      { letters: 5 },
      { flip: 0.2 },
      { values: '0/1' },
      { source: 'random' },
      { source: 'random', count: 6 },
      { source: 'random', units: 65 },
      { source: 'bars' },
      { source: 'bars', size: 3 },
      { source: 'digits' },
    ].map(identity);
    expect(new Set(different).size).toBe(different.length);
  });
});
