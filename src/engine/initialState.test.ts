import { describe, expect, it } from 'vitest';
import type { StateSpec } from '../ir/types';
import { initialState } from './initialState';

function spec(initializer: StateSpec['initializer'], dtype: StateSpec['dtype'] = 'f32'): StateSpec {
  return { name: 'w', shape: [100, 80], dtype, initializer, purpose: 'weight', origin: null };
}

const moment = (array: ArrayLike<number>, power: number): number =>
  Array.from(array).reduce((sum, value) => sum + value ** power, 0) / array.length;

describe('initialState', () => {
  it('fills with a constant, of the state’s own type', () => {
    expect(initialState(spec({ kind: 'constant', value: 0.25 }))).toEqual(
      new Float32Array(8000).fill(0.25),
    );
    expect(initialState(spec({ kind: 'constant', value: 3 }, 'i32'))).toEqual(
      new Int32Array(8000).fill(3),
    );
  });

  it('draws uniforms within the bound, of variance bound²/3', () => {
    const array = initialState(spec({ kind: 'uniform', bound: 0.3, key: [1, 2] }));
    expect(array.every((value) => Math.abs(value) <= Math.fround(0.3))).toBe(true);
    expect(Math.abs(moment(array, 1))).toBeLessThan(0.01);
    expect(moment(array, 2)).toBeCloseTo(0.03, 2);
  });

  it('draws normals of the deviation', () => {
    const array = initialState(spec({ kind: 'normal', deviation: 2, key: [1, 2] }));
    expect(Math.abs(moment(array, 1))).toBeLessThan(0.08);
    expect(Math.abs(moment(array, 2) / 4 - 1)).toBeLessThan(0.06);
    expect(Math.abs(moment(array, 4) / 16 - 3)).toBeLessThan(0.4);
  });

  it('is a function of the key', () => {
    const draw = (low: number): ArrayLike<number> =>
      initialState(spec({ kind: 'normal', deviation: 1, key: [low, 7] }));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
