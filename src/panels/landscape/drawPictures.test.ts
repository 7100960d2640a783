import { describe, expect, it } from 'vitest';
import { pictureBytes, stripLayout } from './drawPictures';

const row = (shape: readonly [number, number, number], values: readonly number[]) => ({
  ...{ key: 'a.out', label: 'A', shape },
  values: Float32Array.from(values),
});

describe('pictureBytes', () => {
  it('is grey for one channel, cut at black and white', () => {
    const grey = row([1, 2, 1], [0, 0, -3, 2]);
    expect([...pictureBytes(grey, 1)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('takes three channels as red, green and blue', () => {
    const colours = row([1, 1, 3], [0, 0, 0, 1, 0.5, 0]);
    expect([...pictureBytes(colours, 1)]).toEqual([255, 128, 0, 255]);
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
});
