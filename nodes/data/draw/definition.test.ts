import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { encodeDigits, encodePoints } from '../../../src/tables/drawing';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { inferNode } from '../../shared/testing/runNode';
import { dataDraw } from './definition';

const points = encodePoints([
  { x: 0, y: 1, label: 0 },
  { x: -2, y: 2, label: 3 },
  { x: 0.5, y: -0.5, label: 1 },
]);

describe('data.draw', () => {
  it('gives the points that were drawn, and their classes', async () => {
    const loaded = await loadDataset(dataDraw, { points, heldOut: 'last' });
    expect(loaded.spec).toMatchObject({ trainRows: 2, heldOutRows: 1, classes: 4 });
    expect(loaded.spec.columns).toEqual({ y: tensorType([2]) });
    const rows = columnRows(loaded, 'y');
    [0, 1, -2, 2, 0.5, -0.5].forEach((value, index) =>
      expect(rows.flat()[index]).toBeCloseTo(value, 3),
    );
    expect(Array.from(loaded.dataset.labels ?? [])).toEqual([0, 3, 1]);
  });

  it('gives digits as pictures from 0 to 1', async () => {
    const pixels = Array.from({ length: 64 }, (_, index) => index % 16);
    const digits = encodeDigits([
      { pixels, label: 7 },
      { pixels: pixels.map((pixel) => 15 - pixel), label: 2 },
    ]);
    const loaded = await loadDataset(dataDraw, { what: 'digits', digits, heldOut: 'last' });
    expect(loaded.spec.columns).toEqual({ x: tensorType([8, 8, 1]) });
    const [first, second] = columnRows(loaded, 'x');
    expect(first?.[3]).toBeCloseTo(3 / 15, 6);
    expect(second?.[3]).toBeCloseTo(12 / 15, 6);
    expect(Array.from(loaded.dataset.labels ?? [])).toEqual([7, 2]);
  });

  it('has an identity of what is drawn', () => {
    const id = (text: string) => dataDraw.dataset?.(dataDraw.params.parse({ points: text })).id;
    expect(id(points)).toBe(id(points));
    expect(id(points)).not.toBe(id(points.slice(5)));
  });

  it('asks for two at least, and refuses other text', () => {
    expect(inferNode(dataDraw, {}, { points: points.slice(0, 5) })).toMatchObject({
      ok: false,
      problem: { message: 'One alone is drawn: one is to train with and one to test.' },
    });
    expect(inferNode(dataDraw, {}, { what: 'digits' })).toMatchObject({ ok: false });
    expect(dataDraw.params.safeParse({ points: 'x' }).success).toBe(false);
  });
});
