import { describe, expect, it } from 'vitest';
import { automaticRange } from './automaticRange';

const points = Float32Array.of(-1, 0, 1, 0.5, NaN, 7, 0, Infinity);

describe('automaticRange', () => {
  it('shows a quarter beside the data, as long along both axes of one variable', () => {
    expect(automaticRange('observed', points.slice(0, 4))).toEqual({
      x: [-1.5, 1.5],
      y: [-1.25, 1.75],
    });
  });

  it('gives each variable of a surface its own length', () => {
    expect(automaticRange('surface', points.slice(0, 4))).toEqual({
      x: [-1.5, 1.5],
      y: [-0.125, 0.625],
    });
  });

  it('shows a square around zero for a latent, of a size that changes in steps', () => {
    const square = (half: number) => ({ x: [-half, half], y: [-half, half] });
    expect(automaticRange('latent', Float32Array.of(0.5, 0.1, -0.2, 0.3))).toEqual(square(0.7));
    expect(automaticRange('latent', Float32Array.of(0.52, 0.1, -0.2, 0.3))).toEqual(square(0.7));
    expect(automaticRange('latent', Float32Array.of(9, 0.1))).toEqual(square(15));
    expect(automaticRange('latent', new Float32Array())).toEqual(square(3));
    expect(automaticRange('latent', Float32Array.of(0, 0))).toEqual(square(3));
  });

  it('does without data, and without what is not finite', () => {
    expect(automaticRange('observed', new Float32Array())).toEqual({ x: [-1, 1], y: [-1, 1] });
    expect(automaticRange('observed', Float32Array.of(2, 2))).toEqual({
      x: [1.25, 2.75],
      y: [1.25, 2.75],
    });
    expect(automaticRange('surface', points).x).toEqual([-1.5, 1.5]);
  });
});
