#!/usr/bin/env node
/** Checks import direction (.dependency-cruiser.cjs) in whichever source folders exist. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFiles } from './lib/dataFiles.mjs';
import { ROOT } from './lib/project.mjs';

const folders = ['src', 'nodes', 'workers', 'templates', 'tests', 'e2e', 'bench', 'scripts'];
const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

// Modules import them by name, and a fresh checkout has not made them yet.
await makeDataFiles();

const { status } = spawnSync(
  process.execPath,
  [
    cruiser,
    '--config',
    '.dependency-cruiser.cjs',
    ...folders.filter((folder) => existsSync(join(ROOT, folder))),
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
