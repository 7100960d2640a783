import { expect, test } from 'vitest';
import { summarizeKernels } from './kernel-summary.mjs';

test('shows what changed for each template, and which came or went', () => {
  const before = {
    same: { dispatches: 10, buffers: 4, bytes: 1000 },
    fewer: { dispatches: 37, buffers: 8, bytes: 2000 },
    gone: { dispatches: 5, buffers: 2, bytes: 300 },
  };
  const after = {
    same: { dispatches: 10, buffers: 4, bytes: 1000 },
    fewer: { dispatches: 10, buffers: 8, bytes: 2010 },
    fresh: { dispatches: 6, buffers: 3, bytes: 400 },
  };
  expect(summarizeKernels(before, after, { revision: 'abc', differing: 4 }).split('\n')).toEqual([
    'template  dispatches       buffers  bytes',
    'fewer     37 → 10 (-73 %)  8        2000 → 2010 (+0.5 %)',
    'fresh     – → 6            – → 3    – → 400',
    'gone      5 → –            2 → –    300 → –',
    'same      10               4        1000',
    'abc → working tree: of 4 templates the kernels of 4 differ, the numbers of 3',
  ]);
});

test('says so when nothing changed', () => {
  const numbers = { one: { dispatches: 1, buffers: 1, bytes: 4 } };
  expect(summarizeKernels(numbers, numbers, { revision: 'abc', differing: 0 })).toContain(
    'of 1 templates the kernels of 0 differ, the numbers of 0',
  );
});
