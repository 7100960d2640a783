import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** @typedef {{ python: string } | { problem: string }} Found */

/**
 * A Python that has PyTorch and NumPy: `PYTHON`, or one of those there are. On Debian they are installed from its packages where
 * nobody is at the machine to do it: as root, and with CI set.
 *
 * @returns {Found}
 */
export function findPyTorch() {
  const found = look();
  if (found !== null) return { python: found };
  if (!mayInstall()) return { problem: 'no Python with PyTorch: install python3-torch, or name one as PYTHON' }; // prettier-ignore
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  console.log('Installing python3-torch');
  apt('update');
  if (!apt('install', '-y', '--no-install-recommends', 'python3-torch', 'python3-pyflakes')) {
    return { problem: 'no Python with PyTorch, and python3-torch could not be installed' };
  }
  const installed = look();
  return installed === null
    ? { problem: 'python3-torch is installed, and cannot be imported' }
    : { python: installed };
}

function look() {
  const candidates = [process.env['PYTHON'], 'python3', '/usr/bin/python3'];
  for (const python of candidates) {
    if (!python) continue;
    const { status } = spawnSync(python, ['-c', 'import numpy, torch.distributed'], {
      stdio: 'ignore',
    });
    if (status === 0) return python;
  }
  return null;
}

function mayInstall() {
  const isRoot = process.getuid?.() === 0;
  return isRoot && Boolean(process.env['CI']) && existsSync('/etc/debian_version');
}
