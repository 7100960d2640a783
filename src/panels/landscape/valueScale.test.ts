import { describe, expect, it } from 'vitest';
import { fitScale, type ScaleChoice } from './valueScale';

const range = (count: number, value: (index: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => value(index));

const EVEN = range(101, (index) => index / 100);

describe('fitScale', () => {
  it.each<ScaleChoice>(['linear', 'log', 'quantile'])(
    'lays values out from 0 to 1 and back, with %s',
    (choice) => {
      const values = range(200, (index) => -3 + index ** 3 / 1e5);
      const scale = fitScale(values, choice);
      expect(scale.id).toBe(choice);
      expect(scale.toUnit(scale.low)).toBeCloseTo(0, 6);
      expect(scale.toUnit(scale.high)).toBeCloseTo(1, 6);
      for (const part of [0.1, 0.5, 0.9]) {
        expect(scale.toUnit(scale.fromUnit(part))).toBeCloseTo(part, 4);
      }
      const units = [...values].map((value) => scale.toUnit(value));
      expect(units).toEqual(units.toSorted((a, b) => a - b));
      expect(scale.toUnit(NaN)).toBeNaN();
    },
  );

  it('gives each part of the values the same share of a scale of equal areas', () => {
    const values = range(1000, (index) => (index / 999) ** 8);
    const scale = fitScale(values, 'quantile');
    const low = [...values].filter((value) => scale.toUnit(value) < 0.25);
    expect(low.length).toBeCloseTo(250, -1);
  });

  it('spreads powers of ten above the least value on a logarithmic one', () => {
    const values = range(1000, (index) => 5 + 10 ** (-6 + (6 * index) / 999));
    const { toUnit } = fitScale(values, 'log');
    // A factor of ten is the same length wherever the unit is small beside it.
    const upper = toUnit(5 + 0.1) - toUnit(5 + 0.01);
    expect((toUnit(5 + 0.01) - toUnit(5 + 0.001)) / upper).toBeCloseTo(1, 1);
  });

  it('cuts what is far above all others, and says so', () => {
    const values = Float32Array.of(...EVEN, 1e6);
    expect(fitScale(values, 'linear')).toMatchObject({ isCut: true });
    expect(fitScale(values, 'linear').high).toBeLessThanOrEqual(1);
    expect(fitScale(EVEN, 'linear')).toMatchObject({ isCut: false, low: 0, high: 1 });
  });

  it('is linear by itself unless energies span orders of magnitude, and does not change to and fro', () => {
    const bowl = range(1000, (index) => (index / 999) ** 2);
    const steep = range(1000, (index) => 10 ** ((-5 * (999 - index)) / 999));
    const between = range(1000, (index) => (index / 999) ** 2.25);
    expect(fitScale(bowl, 'auto').id).toBe('linear');
    expect(fitScale(steep, 'auto').id).toBe('log');
    expect(fitScale(between, 'auto', { before: 'linear' }).id).toBe('linear');
    expect(fitScale(between, 'auto', { before: 'log' }).id).toBe('log');
  });

  it('leaves colours to the data where energies far away are far above its own', () => {
    // F of a trained likelihood of two moons: from −1.2 up to 0.7 at 95 % of the data, to 250 at the corners.
    const values = range(4096, (index) => -1.2 + 250 * (index / 4095) ** 2.5);
    const data = 0.7;
    const linear = fitScale(values, 'linear');
    expect(linear.toUnit(data)).toBeLessThan(0.01);
    const scale = fitScale(values, 'auto', { data });
    expect(scale.id).toBe('log');
    expect(scale.toUnit(data)).toBeGreaterThan(1 / 4);
    expect(scale.toUnit(data)).toBeLessThan(1 / 2);
    // Early in the training data is not far below the rest; and a mere shift changes nothing.
    expect(fitScale(values, 'auto', { data: 40 }).id).toBe('linear');
    const shifted = values.map((value) => value + 1000);
    expect(fitScale(shifted, 'auto', { data: 1000.7 }).id).toBe('log');
  });

  it('keeps the scale of a moment ago while the data is between', () => {
    const values = range(1000, (index) => index / 999);
    expect(fitScale(values, 'auto', { data: 1 / 12, before: 'linear' }).id).toBe('linear');
    expect(fitScale(values, 'auto', { data: 1 / 12, before: 'log' }).id).toBe('log');
    expect(fitScale(values, 'auto', { data: 1 / 4, before: 'log' }).id).toBe('linear');
    expect(fitScale(values, 'auto', { data: 1 / 40, before: 'linear' }).id).toBe('log');
  });

  it('does with a constant, with nothing, and with what is not finite', () => {
    for (const choice of ['auto', 'linear', 'log', 'quantile'] as const) {
      for (const values of [Float32Array.of(2, 2, 2), Float32Array.of(), Float32Array.of(NaN)]) {
        const scale = fitScale(values, choice);
        expect(scale.low).toBe(scale.high);
        expect(scale.fromUnit(0.5)).toBe(scale.low);
        expect(scale.toUnit(scale.low)).toBe(0);
      }
      expect(fitScale(Float32Array.of(1, NaN, 3, Infinity), choice)).toMatchObject({
        low: 1,
        high: 3,
      });
    }
  });
});
