import { describe, expect, it } from 'vitest';
import type { PictureRow } from '../../probing/pictures/pictureStrip';
import { pictureBytes } from '../../editor/pictures/pictureBytes';
import { stripLayout } from './drawPictures';

const row = (
  shape: readonly [number, number, number],
  values: readonly number[],
  more: Partial<PictureRow> = {},
): PictureRow => ({
  ...{ key: 'a.out', label: 'A', shape, count: 12, limits: [0, 1] },
  values: Float32Array.from(values),
  ...more,
});

describe('pictureBytes', () => {
  it('is grey for one channel, cut at black and white', () => {
    const grey = row([1, 2, 1], [0, 0, -3, 2]);
    expect([...pictureBytes(grey, 1)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('takes two channels as red, and as what is opposite to it', () => {
    const dotAndWall = row([1, 2, 2], [1, 0, 0, 1]);
    expect([...pictureBytes(dotAndWall, 0)]).toEqual([255, 0, 0, 255, 0, 255, 255, 255]);
  });

  it('takes three channels as red, green and blue', () => {
    const colours = row([1, 1, 3], [0, 0, 0, 1, 0.5, 0]);
    expect([...pictureBytes(colours, 1)]).toEqual([255, 128, 0, 255]);
  });
});

describe('the scale of pictures', () => {
  const reds = (bytes: Uint8ClampedArray): number[] => [...bytes].filter((_, at) => at % 4 === 0);

  it('is that of units of −1 and 1 where they are', () => {
    const units = row([1, 3, 1], [-1, 0, 1], { limits: [-1, 1] });
    expect(reds(pictureBytes(units, 0))).toEqual([0, 128, 255]);
  });

  it('is one of its own for an atom, with 0 in the middle', () => {
    const atoms = row([1, 3, 1], [-0.01, 0, 0.005, 0, 0, 20], { limits: null, count: 2 });
    expect(reds(pictureBytes(atoms, 0))).toEqual([0, 128, 191]);
    expect(reds(pictureBytes(atoms, 1))).toEqual([128, 128, 255]);
  });
});

describe('stripLayout', () => {
  const strip = (rows: number) => ({
    ...{ step: null, count: 12 },
    rows: Array.from({ length: rows }, () => row([1, 1, 1], [0])),
  });

  it('makes pictures as large as all of them fit', () => {
    const layout = stripLayout(strip(2), { width: 900, height: 224 });
    expect(layout.width).toBeLessThanOrEqual(900);
    expect(layout.height).toBeLessThanOrEqual(224);
    expect(layout.cell).toBeGreaterThan(50);
  });

  it('keeps them large enough to be seen, however many rows there are', () => {
    const layout = stripLayout(strip(30), { width: 900, height: 224 });
    expect(layout.cell).toBe(24);
    expect(layout.height).toBeGreaterThan(224);
  });

  it('breaks many atoms into lines, and no samples', () => {
    const wide = { ...strip(2), rows: [row([1, 1, 1], [0]), row([8, 8, 1], [0], { count: 128 })] };
    const layout = stripLayout(wide, { width: 900, height: 224 });
    const lines = Math.ceil(128 / layout.across);
    expect(lines).toBeGreaterThan(1);
    expect(layout.across).toBeGreaterThanOrEqual(12);
    expect(layout.width).toBeLessThanOrEqual(900);
    expect(layout.height).toBe(24 + (1 + lines) * layout.cell);
    expect(layout.height).toBeLessThanOrEqual(224);
  });
});
