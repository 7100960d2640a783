import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countTests } from './reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'basin-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function stored(report: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

describe('countTests', () => {
  test('counts nothing where there is no report', () => {
    expect(countTests('vitest', join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0 });
  });

  test('counts a file that could not be loaded as a failed test', () => {
    const path = stored({
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        {
          status: 'failed',
          assertionResults: [{ status: 'passed' }, { status: 'failed' }],
        },
        { status: 'failed', assertionResults: [] },
      ],
    });
    expect(countTests('vitest', path)).toEqual({ passed: 2, failed: 2 });
  });

  test('counts skipped browser tests and errors outside of tests as failed', () => {
    const path = stored({
      stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 2 },
      errors: [{ message: 'the server did not start' }],
      suites: [],
    });
    expect(countTests('playwright', path)).toEqual({ passed: 5, failed: 4 });
  });

  test('names browser tests that passed only when they were run again', () => {
    const spec = (title: string, status: string) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status }],
    });
    const path = stored({
      stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 },
      errors: [],
      suites: [{ specs: [spec('steady', 'expected')], suites: [{ specs: [spec('x', 'flaky')] }] }],
    });
    const note = 'only at the second try: a.spec.ts › x';
    expect(countTests('playwright', path)).toEqual({ passed: 2, failed: 0, note });
  });
});
