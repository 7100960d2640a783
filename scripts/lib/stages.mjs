import { join } from 'node:path';
import { ROOT } from './project.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[][]} commands each is a script below the checkout and its arguments, run with Node
 * @property {boolean} [beside] it reads the sources, on one core, and may run beside another such stage
 * @property {'vitest' | 'playwright'} [report] the stage is a suite: its tests are counted from
 *   this kind of report, which it writes to `reportPath(name)`
 */

const bin = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  tsc: 'node_modules/typescript/bin/tsc',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
  tsx: 'node_modules/tsx/dist/cli.mjs',
};

/** What needs a browser, and is left out by `npm run check`. */
export const BROWSER_STAGES = ['engines', 'e2e'];

/** What needs a Python with PyTorch, and is left out with a word where there is none. */
export const PYTORCH_STAGE = 'pytorch';

/** In the order in which they run: the quickest to fail first. @type {Stage[]} */
export const STAGES = [
  reading('format', [bin.prettier, '--check', '--log-level', 'warn', '.']),
  reading('lint', [bin.eslint, '--max-warnings', '0', '.']),
  reading('types', [bin.tsc, '--noEmit']),
  reading('zones', ['scripts/zones.mjs']),
  reading('generated', ['scripts/generate.mjs', '--check']),
  reading('build', ['scripts/build.mjs', 'app'], ['scripts/build.mjs', 'harness']),
  vitest('unit', ['unit', 'replacing']),
  vitest('templates', ['templates']),
  { name: PYTORCH_STAGE, commands: [[bin.tsx, 'tests/pytorch/main.ts']] },
  playwright('engines'),
  playwright('e2e'),
];

/** @param {string} name */
export function reportPath(name) {
  return join(ROOT, '.cache', 'reports', `${name}.json`);
}

/**
 * @param {string} name
 * @param {string[][]} commands
 * @returns {Stage}
 */
function reading(name, ...commands) {
  return { name, commands, beside: true };
}

/**
 * @param {string} name
 * @param {string[]} projects of vitest.config.ts
 * @returns {Stage}
 */
function vitest(name, projects) {
  const selection = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${reportPath(name)}`];
  return {
    name,
    commands: [[bin.vitest, 'run', ...selection, ...reporters]],
    report: 'vitest',
  };
}

/**
 * @param {string} name
 * @returns {Stage}
 */
function playwright(name) {
  return {
    name,
    commands: [[bin.playwright, 'test', `--project=${name}`]],
    report: 'playwright',
  };
}
