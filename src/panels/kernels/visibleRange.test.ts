import { expect, test } from 'vitest';
import { visibleRange } from './visibleRange';

test('covers the window with a margin, and no more', () => {
  const { first, end } = visibleRange(1000, 20, 4000, 200);
  expect(first).toBeLessThanOrEqual(200);
  expect(end).toBeGreaterThanOrEqual(210);
  expect(end - first).toBeLessThan(40);
});

test('stays within the rows, wherever the window is', () => {
  expect(visibleRange(5, 20, 0, 500)).toEqual({ first: 0, end: 5 });
  expect(visibleRange(5, 20, -300, 100).first).toBe(0);
  expect(visibleRange(5, 20, 9000, 100)).toEqual({ first: 5, end: 5 });
  expect(visibleRange(0, 20, 0, 100)).toEqual({ first: 0, end: 0 });
});
