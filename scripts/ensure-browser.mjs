#!/usr/bin/env node
/**
 * Finds a Chromium for the browser tests, or installs one with the system's package manager.
 * Run by itself it prints the path.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const COMMANDS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
];

const WELL_KNOWN = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) => (folder ? [join(folder, 'Google/Chrome/Application/chrome.exe')] : []),
  ),
];

/** What each package manager is asked, in order; the first one that exists is used. */
const INSTALLERS = [
  {
    command: 'apt-get',
    steps: [['update'], ['install', '-y', '--no-install-recommends', 'chromium']],
  },
  { command: 'dnf', steps: [['install', '-y', 'chromium']] },
  { command: 'apk', steps: [['add', 'chromium']] },
  { command: 'pacman', steps: [['-S', '--noconfirm', 'chromium']] },
  { command: 'brew', steps: [['install', '--cask', 'google-chrome']], unprivileged: true },
];

/** @returns {string | undefined} the executable of an installed browser that starts */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROME_PATH is set to "${named}", which is not an executable file.`);
  }
  return [...COMMANDS.flatMap(inPath), ...WELL_KNOWN].find(
    (path) => isExecutable(path) && starts(path),
  );
}

/** @returns {string} the executable; throws with what is missing when there is none to be had */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  const problem = installBrowser();
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  throw new Error(
    `No Chrome or Chromium found, and ${problem ?? 'the one that was installed does not start'}.\n` +
      'Install one, or set CHROME_PATH to its executable.',
  );
}

/** @returns {string | undefined} why it could not be installed */
function installBrowser() {
  const installer = INSTALLERS.find(({ command }) => inPath(command).length > 0);
  if (installer === undefined) {
    return `no package manager among ${INSTALLERS.map(({ command }) => command).join(', ')}`;
  }
  const prefix = installer.unprivileged ? [] : privileges();
  if (prefix === undefined) {
    return `installing one with ${installer.command} needs root or a password-free sudo`;
  }
  for (const step of installer.steps) {
    const line = [...prefix, installer.command, ...step];
    console.error(`No Chrome or Chromium found: ${line.join(' ')} …`);
    const [command = '', ...args] = line;
    const { status } = spawnSync(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) return `\`${line.join(' ')}\` failed`;
  }
  return undefined;
}

/** @returns {string[] | undefined} what to put before a command that needs root */
function privileges() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : undefined;
}

/** @param {string} command */
function inPath(command) {
  const name = process.platform === 'win32' ? `${command}.exe` : command;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Some systems ship a `chromium` that only says how to install the real one.
 *
 * @param {string} path
 */
function starts(path) {
  // On Windows `--version` opens a window.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(ensureBrowser());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
