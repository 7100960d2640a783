import { expect, it } from 'vitest';
import { nearestName } from './nearestName';

const NAMES = ['invariance', 'variance', 'covariance', 'target', 'rate', 'width', 'widths'];

it.each([
  ['covarience', 'covariance'],
  ['Covariance', 'covariance'],
  ['covarinace', 'covariance'],
  ['varianc', 'variance'],
  ['wdith', 'width'],
  ['widhts', 'widths'],
  ['raet', 'rate'],
  ['targets', 'target'],
])('%s is near %s', (written, name) => {
  expect(nearestName(written, NAMES)).toBe(name);
});

it.each(['', 'x', 'momentum', 'wings', 'constructor', 'r'.repeat(5000)])(
  '%s is near none',
  (written) => {
    expect(nearestName(written, NAMES)).toBeNull();
  },
);
