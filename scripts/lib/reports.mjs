import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, note?: string }} Count */

/**
 * Counts the tests in a report. A file that could not be loaded counts as one failed test.
 *
 * @param {'vitest' | 'playwright'} kind
 * @param {string} path
 * @returns {Count} nothing passed and nothing failed when there is no report
 */
export function countTests(kind, path) {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  return kind === 'vitest' ? countVitest(report) : countPlaywright(report);
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Count}
 */
function countVitest(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/**
 * A skipped browser test counts as failed: these suites exist to be run where a browser is, so
 * one that quietly does nothing is a fault. One that passed only when it was run again is named:
 * a machine under load may be the cause, and so may a race, which is to be looked for.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: unknown[], suites: Suite[] }} report
 * @returns {Count}
 */
function countPlaywright({ stats, errors, suites }) {
  const unsteady = suites.flatMap(unsteadyTests);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped + errors.length,
    ...(unsteady.length === 0 ? {} : { note: `only at the second try: ${unsteady.join('; ')}` }),
  };
}

/**
 * @typedef {{ suites?: Suite[], specs: { title: string, file: string, tests: { status: string }[] }[] }} Suite
 */

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function unsteadyTests({ suites = [], specs }) {
  const here = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title, file }) => `${file} › ${title}`);
  return [...here, ...suites.flatMap(unsteadyTests)];
}
