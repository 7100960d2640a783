import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

/** The pages there are to build: the app, the one that the engine tests drive, and the benchmark's. */
export const BUILDS = {
  app: { mode: 'production', outDir: 'dist', inputs: [] },
  harness: { mode: 'harness', outDir: 'dist-harness', inputs: ['e2e/harness'] },
  bench: {
    mode: 'bench',
    outDir: 'dist-bench',
    inputs: ['bench/page', 'bench/engines', 'bench/workloads'],
  },
};

const INPUTS = [
  'src',
  'nodes',
  'workers',
  'templates',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/lib',
  'tsconfig.json',
  'package-lock.json',
  'scripts/data',
  'scripts/headers.mjs',
];

/**
 * Builds a page when it was never built or a source is newer.
 *
 * @param {keyof typeof BUILDS} name
 */
export async function ensureBuilt(name) {
  if (isFresh(name)) return;
  await build(name);
}

/**
 * Builds a page, or ends the process with what the bundler has to say.
 *
 * @param {keyof typeof BUILDS} name
 */
export async function build(name) {
  const vite = await import('vite');
  try {
    await vite.build({ configFile: config(), mode: BUILDS[name].mode, logLevel: 'warn' });
  } catch (error) {
    // The stack is that of the bundler, which helps nobody.
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/**
 * Serves a built page with the production headers.
 *
 * @param {keyof typeof BUILDS} name
 * @param {import('vite').PreviewOptions} options
 */
export async function serve(name, options) {
  const vite = await import('vite');
  return vite.preview({ configFile: config(), mode: BUILDS[name].mode, preview: options });
}

function config() {
  return join(ROOT, 'vite.config.ts');
}

/** @param {keyof typeof BUILDS} name */
function isFresh(name) {
  const page = join(ROOT, BUILDS[name].outDir, 'index.html');
  if (!existsSync(page)) return false;
  const built = statSync(page).mtimeMs;
  return [...INPUTS, ...BUILDS[name].inputs].every((input) => newest(join(ROOT, input)) <= built);
}

/**
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A folder's own time changes when a file in it is removed.
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}
