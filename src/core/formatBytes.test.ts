import { expect, it } from 'vitest';
import { formatBytes } from './formatBytes';

it('writes sizes for people and never promises too little', () => {
  expect(formatBytes(12)).toBe('12 bytes');
  expect(formatBytes(2 ** 31)).toBe('2 GB');
  expect(formatBytes(2 ** 31 + 1)).toBe('2.1 GB');
  expect(formatBytes(900_000)).toBe('879 KB');
  expect(formatBytes(14.2 * 2 ** 30)).toBe('15 GB');
});
