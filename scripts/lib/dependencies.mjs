import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} Locked */

/**
 * Installs what package-lock.json lists when node_modules is missing or differs from it.
 *
 * @param {{ dev?: boolean, quiet?: boolean }} [options] `dev`: development packages are needed
 *   too. `quiet`: keep stdout free, for programs whose output is read by others.
 */
export function ensureDependencies({ dev = false, quiet = false } = {}) {
  const reason = whyStale(dev);
  if (reason !== undefined) install({ dev, quiet, reason });
}

/** Installs only when nothing is installed at all, which is the cheapest question to ask. */
export function ensureInstalledOnce() {
  if (existsSync(installedLock())) return;
  install({ dev: false, quiet: true, reason: 'node_modules is missing' });
}

function installedLock() {
  return join(ROOT, 'node_modules', '.package-lock.json');
}

/** @param {boolean} dev */
function whyStale(dev) {
  if (!existsSync(installedLock())) return 'node_modules is missing';
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const installed = readPackages(installedLock());
  for (const [path, { version, ...flags }] of Object.entries(wanted)) {
    if (path === '') continue;
    if (flags.dev && !dev) continue;
    const found = installed[path];
    // Packages for other platforms are in the lock but never installed here.
    if (found === undefined && (flags.optional || flags.devOptional)) continue;
    if (found?.version !== version) return `${path} is ${found?.version ?? 'missing'}`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {Record<string, Locked>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** @param {{ dev: boolean, quiet: boolean, reason: string }} options */
function install({ dev, quiet, reason }) {
  console.error(`Installing dependencies (${reason}) …`);
  const args = ['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : [])];
  const { status, error } = runNpm(args, quiet);
  if (status === 0) return;
  console.error(`npm ci failed${error ? `: ${error.message}` : ''}.`);
  process.exit(1);
}

/**
 * @param {string[]} args
 * @param {boolean} quiet
 */
function runNpm(args, quiet) {
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: ROOT, stdio: quiet ? ['ignore', 2, 2] : 'inherit' };
  // Under `npm run`, npm says where it is itself; this also avoids npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
