#!/usr/bin/env node
/**
 * Files that are written by a program and kept in the repository. Each `scripts/generators/*.ts`
 * exports `path` (from the root of the checkout) and `generate(): string | Promise<string>`.
 *
 * Without arguments: writes them. With `--check`: fails when one differs from what would be written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { register } from 'tsx/esm/api';
import { ROOT } from './lib/project.mjs';

/** @typedef {{ path: string, generate: () => string | Promise<string> }} Generator */

const FOLDER = join(ROOT, 'scripts/generators');
const checking = process.argv.includes('--check');

register({ tsconfig: join(ROOT, 'tsconfig.json') });
const names = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  : [];
const outcomes = [];
for (const name of names.sort()) outcomes.push(await run(name));

const drifted = outcomes.filter((same) => !same).length;
console.log(
  `${outcomes.length} generated files, ${drifted} ${checking ? 'out of date' : 'written'}`,
);
if (checking && drifted > 0) process.exitCode = 1;

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether the file was up to date
 */
async function run(name) {
  /** @type {Generator} */
  const { path, generate } = await import(pathToFileURL(join(FOLDER, name)).href);
  const target = join(ROOT, path);
  const wanted = await formatted(target, await generate());
  if (existsSync(target) && readFileSync(target, 'utf8') === wanted) return true;
  if (checking) {
    console.error(`${path} is out of date: run \`npm run generate\``);
    return false;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, wanted);
  console.log(`wrote ${path}`);
  return false;
}

/**
 * Formats as the rest of the repository, so that the format check has nothing to say.
 *
 * @param {string} target
 * @param {string} text
 */
async function formatted(target, text) {
  const { ignored, inferredParser } = await getFileInfo(target, {
    ignorePath: join(ROOT, '.prettierignore'),
  });
  if (ignored || inferredParser === null) return text;
  return format(text, { ...(await resolveConfig(target)), filepath: target });
}
