#!/usr/bin/env node
/**
 * `npm run kernels:diff`: the kernels that every template compiles to, in the working tree against the last commit.
 * Prints a diff of the plans and of the WGSL, then what changed in numbers for each template. Builds nothing,
 * needs no GPU; a difference is no failure.
 *
 *   npm run kernels:diff -- [REV] [--summary]
 *
 *   REV         compare with this revision instead of HEAD
 *   --summary   only the numbers
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { summarizeKernels } from './lib/kernel-summary.mjs';
import { ROOT } from './lib/project.mjs';

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('-'));
const [revision = 'HEAD', ...more] = args.filter((arg) => !arg.startsWith('-'));
if (more.length > 0 || flags.some((flag) => flag !== '--summary')) {
  console.error('Usage: npm run kernels:diff -- [REV] [--summary]');
  process.exit(2);
}
const { status, stdout } = git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
if (status !== 0) {
  console.error(`There is no revision “${revision}”.`);
  process.exit(2);
}
const commit = stdout.trim();

const folder = mkdtempSync(join(tmpdir(), 'basin-kernels-'));
const checkout = join(folder, 'checkout');
// Also when it is interrupted: a worktree that is left over would stay listed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
process.on('exit', cleanUp);

checkOut();
emit(checkout, 'before');
emit(ROOT, 'after');
if (!flags.includes('--summary')) printDiff();
console.log(
  summarizeKernels(numbersOf('before'), numbersOf('after'), {
    revision: commit.slice(0, 10),
    differing: differingTemplates(),
  }),
);

function checkOut() {
  const added = git(['worktree', 'add', '--detach', '--quiet', checkout, commit]);
  if (added.status !== 0) fail(`git could not check out ${revision}: ${added.stderr.trim()}`);
  const modules = join(checkout, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(ROOT, 'node_modules'), modules, 'junction');
}

function cleanUp() {
  git(['worktree', 'remove', '--force', checkout]);
  rmSync(folder, { recursive: true, force: true });
  git(['worktree', 'prune']);
}

/**
 * @param {string} from a checkout
 * @param {string} name of the folder to write to
 */
function emit(from, name) {
  const script = join(ROOT, 'scripts/lib/emit-kernels.mjs');
  const { status } = spawnSync(process.execPath, [script, from, join(folder, name)], {
    cwd: from,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0)
    fail(
      `The kernels of ${name === 'before' ? revision : 'the working tree'} could not be emitted.`,
    );
}

function printDiff() {
  const colour = process.stdout.isTTY ? 'always' : 'never';
  const { stdout } = spawnSync(
    'git',
    ['diff', '--no-index', '--no-prefix', '--histogram', `--color=${colour}`, 'before', 'after'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  process.stdout.write(stdout);
}

/** How many templates have another plan or other sources than before, or were added or removed. */
function differingTemplates() {
  const names = ['before', 'after'].flatMap((side) => readdirSync(join(folder, side)));
  const differing = names.filter((name) => textOf('before', name) !== textOf('after', name));
  return new Set(differing.map((name) => parse(name).name)).size;
}

/**
 * @param {string} side
 * @param {string} name
 */
function textOf(side, name) {
  const path = join(folder, side, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** @param {string} name */
function numbersOf(name) {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

/** @param {string[]} command */
function git(command) {
  return spawnSync('git', command, { cwd: ROOT, encoding: 'utf8' });
}

/**
 * @param {string} problem
 * @returns {never}
 */
function fail(problem) {
  console.error(problem);
  process.exit(1);
}
