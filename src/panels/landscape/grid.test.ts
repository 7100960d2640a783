import { describe, expect, it } from 'vitest';
import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import { plainFrame } from '../../probing/landscape/testing/landscapes';
import { landscapeCsv } from './landscapeCsv';
import { leastLine } from './leastLine';
import { valueAt } from './valueAt';

/** A formula at the middles of cells. */
function frameOf(
  formula: (x: number, y: number) => number,
  { columns = 8, rows = 16 } = {},
): LandscapeFrame {
  const range = { x: [-1, 1], y: [0, 4] } as const;
  const values = Float32Array.from({ length: columns * rows }, (_, cell) =>
    formula(
      -1 + (2 * ((cell % columns) + 0.5)) / columns,
      (4 * (Math.floor(cell / columns) + 0.5)) / rows,
    ),
  );
  return plainFrame({ columns, rows, range, values });
}

describe('leastLine', () => {
  it('is exact for a parabola in y, between the middles of cells as well', () => {
    const frame = frameOf((x, y) => (y - 2 - 0.7 * x) ** 2);
    const pieces = leastLine(frame);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).toHaveLength(8);
    for (const [x, y] of pieces[0] ?? []) expect(y).toBeCloseTo(2 + 0.7 * x, 4);
  });

  it('breaks where the least value is at a border or nothing is finite', () => {
    const pieces = leastLine(
      frameOf((x, y) => {
        if (Math.abs(x) < 0.2) return NaN;
        return x > 0.7 ? y : (y - 2) ** 2;
      }),
    );
    expect(pieces.map((piece) => piece.map(([x]) => x))).toEqual([
      [-0.875, -0.625, -0.375],
      [0.375, 0.625],
    ]);
  });
});

describe('valueAt', () => {
  it('is exact for what is linear, and constant beyond the outermost middles', () => {
    const frame = frameOf((x, y) => 3 * x - y + 2);
    expect(valueAt(frame, frame.values, [0.3, 1.7])).toBeCloseTo(3 * 0.3 - 1.7 + 2, 5);
    expect(valueAt(frame, frame.values, [-0.875, 0.125])).toBeCloseTo(frame.values[0] ?? NaN, 5);
    expect(valueAt(frame, frame.values, [-1, 0])).toBe(frame.values[0]);
    expect(valueAt(frame, frame.values, [1, 4])).toBe(frame.values.at(-1));
  });
});

describe('landscapeCsv', () => {
  it('has a row for each cell, from below, with the middle, F and p', () => {
    const frame = frameOf((x, y) => (x > 0 && y > 2 ? Infinity : x + y), { columns: 2, rows: 2 });
    const density = Float32Array.of(0.25, 0.25, 0.5, 0);
    expect(landscapeCsv(frame, 'F', density)).toBe(
      ['y₁,y₂,F,p', '-0.5,1,0.5,0.25', '0.5,1,1.5,0.25', '-0.5,3,2.5,0.5', '0.5,3,,0', ''].join(
        '\r\n',
      ),
    );
    const axes = ['a', 'b'].map((symbol) => ({ symbol, label: `${symbol}: along it` }));
    const [a = frame.axes[0], b = frame.axes[1]] = axes;
    const slice = landscapeCsv({ ...frame, axes: [a, b] }, 'L', null);
    expect(slice.split('\r\n').slice(0, 2)).toEqual(['a,b,L', '-0.5,1,0.5']);
  });
});
