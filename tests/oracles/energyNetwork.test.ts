import { expect, it } from 'vitest';
import { EnergyNetwork } from './energyNetwork';

const wave = (count: number, by: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(by + 1.7 * i));

it('is the perceptron written out, and its slope that of finite differences', () => {
  const [w0, b0, w1, b1] = [wave(4, 1), wave(2, 2), wave(2, 3), wave(1, 4)] as const;
  const network = new EnergyNetwork([
    { weight: w0, bias: b0 },
    { weight: w1, bias: b1 },
  ]);
  const silu = (u: number): number => u / (1 + Math.exp(-u));
  const written = ([p = NaN, q = NaN]: readonly number[]): number => {
    const [a = NaN, b = NaN, c = NaN, d = NaN] = w0;
    const hidden = [silu(p * a + q * c + (b0[0] ?? NaN)), silu(p * b + q * d + (b0[1] ?? NaN))];
    return hidden.reduce((sum, h, i) => sum + h * (w1[i] ?? NaN), b1[0] ?? NaN);
  };
  const y = [0.4, -0.9];
  expect(network.energy(y)).toBeCloseTo(written(y), 12);
  const h = 1e-5;
  network.slope(y).forEach((slope, axis) => {
    const at = (by: number): number => written(y.map((v, i) => (i === axis ? v + by : v)));
    expect(slope).toBeCloseTo((at(h) - at(-h)) / (2 * h), 8);
  });
});
