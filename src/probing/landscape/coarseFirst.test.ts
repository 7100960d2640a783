import { describe, expect, it } from 'vitest';
import { coarseFirst, filledIn } from './coarseFirst';

const GRID = coarseFirst(17, 8);
/** Of a cell, linear in its row and in its column. */
const bilinear = (cell: number): number => {
  const [row, column] = [Math.floor(cell / 17), cell % 17];
  return 2 + 0.5 * row - column + 0.25 * row * column;
};

describe('coarseFirst', () => {
  it('has each cell once, and those of each coarse grid before all others', () => {
    expect([...GRID.order].sort((a, b) => a - b)).toEqual([...Array(17 * 17).keys()]);
    expect(GRID.grids).toEqual([
      { stride: 8, count: 9 },
      { stride: 4, count: 25 },
      { stride: 2, count: 81 },
      { stride: 1, count: 289 },
    ]);
    expect(GRID.order.slice(0, 9)).toEqual([0, 8, 16, 136, 144, 152, 272, 280, 288]);
  });
});

describe('filledIn', () => {
  it('puts between what is known what is exact where values are linear', () => {
    for (const done of [9, 12, 25, 80, 288, 289]) {
      const known = new Float64Array(289).fill(NaN);
      for (const cell of GRID.order.slice(0, done)) known[cell] = bilinear(cell);
      const filled = filledIn(GRID, known, done);
      filled.forEach((value, cell) => {
        expect(value).toBeCloseTo(bilinear(cell), 4);
      });
    }
  });

  it('leaves every value that is known as it is', () => {
    const known = new Float64Array(289).fill(NaN);
    for (const cell of GRID.order.slice(0, 30)) known[cell] = Math.sin(cell);
    const filled = filledIn(GRID, known, 30);
    for (const cell of GRID.order.slice(0, 30)) expect(filled[cell]).toBeCloseTo(Math.sin(cell), 6);
    expect(filled.every(Number.isFinite)).toBe(true);
  });
});
