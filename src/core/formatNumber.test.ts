import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatEntered,
  formatFigure,
  formatNumber,
  formatStatistic,
  formatWeight,
  formatWhole,
  plural,
} from './formatNumber';

describe('numbers', () => {
  it.each([
    [formatNumber, 0, '0'],
    [formatNumber, 0.123456, '0.1235'],
    [formatNumber, -0.5, '−0.5'],
    [formatNumber, 999_999, '1000000'],
    [formatNumber, 1e6, '1.00e6'],
    [formatNumber, -0.000012, '−1.20e−5'],
    [formatNumber, NaN, 'NaN'],
    [formatNumber, -Infinity, '−∞'],
    [formatStatistic, 1, '1.000'],
    [formatStatistic, 0.84217, '0.842'],
    [formatStatistic, 0, '0.000'],
    [formatStatistic, -0.5, '−0.500'],
    [formatStatistic, 25.5, '25.500'],
    [formatStatistic, 0.00012, '1.2e−4'],
    [formatStatistic, 43_992_164.946, '4.4e7'],
    [formatStatistic, NaN, 'NaN'],
    [formatStatistic, -Infinity, '−∞'],
    [formatFigure, 0.00012345, '0.000123'],
    [formatFigure, 0.000012345, '1.2e-5'],
    [formatFigure, -12_345, '-12300'],
    [formatFigure, 1.7e18, '1.7e+18'],
    [formatFigure, NaN, 'NaN'],
    [formatWeight, 0.1 + 0.2, '0.3'],
    [formatWeight, 25, '25'],
    [formatEntered, 0.1 + 0.2, '0.3'],
    [formatEntered, 1e-9, '1e-9'],
    [formatEntered, 123_456_789, '123456789'],
    [formatEntered, Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [formatCount, 0, '0'],
    [formatCount, 812, '812'],
    [formatCount, 8_432, '8.43k'],
    [formatCount, 999_950, '1M'],
    [formatCount, 1_200_000, '1.2M'],
    [formatCount, 3e12, '3000G'],
    [formatWhole, 1_234_567, '1,234,567'],
    [formatBytes, 0, '0 B'],
    [formatBytes, 999, '999 B'],
    [formatBytes, 1000, '1 kB'],
    [formatBytes, 999_950, '1 MB'],
    [formatBytes, 1_430_340, '1.43 MB'],
    [formatBytes, 2e9, '2 GB'],
  ] as const)('%o of %d is %s', (format, value, text) => {
    expect(format(value)).toBe(text);
  });

  it('of things are followed by their name', () => {
    expect([plural(1, 'node'), plural(0, 'node'), plural(2, 'pass', 'passes')]).toEqual([
      '1 node',
      '0 nodes',
      '2 passes',
    ]);
  });
});
