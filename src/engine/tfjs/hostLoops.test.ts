import { describe, expect, it } from 'vitest';
import { dilateLoop, extremeLoop, repeatLoop, sumLoop, tanhLoop } from './hostLoops';

describe('tanhLoop', () => {
  it('is within 3·10⁻⁷ of itself everywhere, odd, and ±1 for large arguments', () => {
    const source = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 200);
    const result = new Float32Array(source.length);
    tanhLoop(source, result);
    source.forEach((x, i) => {
      const expected = Math.tanh(x);
      const actual = result[i] ?? NaN;
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(3e-7 * Math.abs(expected));
      expect(result[source.length - 1 - i]).toBe(x === 0 ? 0 : -actual);
    });
    const edges = new Float32Array(5);
    tanhLoop(Float32Array.of(1e-30, 30, -1e30, Infinity, NaN), edges);
    expect((edges[0] ?? NaN) / 1e-30).toBeCloseTo(1, 6);
    expect([...edges.subarray(1)]).toEqual([1, -1, 1, NaN]);
  });
});

describe('repeatLoop', () => {
  it('repeats a middle axis, whatever its extent', () => {
    for (const count of [1, 2, 3, 7, 8]) {
      for (const inner of [1, 2, 5]) {
        const source = Float32Array.from({ length: 3 * inner }, (_, i) => i + 1);
        const result = new Float32Array(3 * count * inner);
        repeatLoop(source, count, inner, result);
        const expected = Array.from(result, (_, i) => {
          const outer = Math.floor(i / (count * inner));
          return source[outer * inner + (i % inner)];
        });
        expect([...result]).toEqual(expected);
      }
    }
  });
});

describe('sumLoop and extremeLoop', () => {
  it('reduce the middle axis; sums do not lose small terms', () => {
    const source = Float32Array.of(1e8, 1, 1, 2, 1, 3, 5, -1, 0, 4, 7, 6);
    const sums = new Float32Array(4);
    sumLoop(source, 3, 2, sums);
    expect([...sums]).toEqual([Math.fround(1e8 + 2), 6, 12, 9]);
    const largest = new Float32Array(4);
    extremeLoop('max', source, 3, 2, largest);
    expect([...largest]).toEqual([1e8, 3, 7, 6]);
    const rows = new Float32Array(2);
    extremeLoop('min', source, 6, 1, rows);
    expect([...rows]).toEqual([1, -1]);
  });
});

describe('dilateLoop', () => {
  it('puts zeros between rows and columns', () => {
    const result = new Float32Array(3 * 4).fill(9);
    dilateLoop(Float32Array.of(1, 2, 3, 4), [1, 2, 2, 1], [2, 3], result);
    expect([...result]).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4]);
  });
});
