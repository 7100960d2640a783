import { randomUUID } from 'node:crypto';
import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './project.mjs';

const FOLDER = join(ROOT, 'public', 'data');

/**
 * Data files that are made of installed packages instead of being kept in the repository, and the module that
 * makes each: `make(): Promise<Uint8Array>`.
 *
 * @type {Readonly<Record<string, URL>>}
 */
const DERIVED = { 'mnist.bin': new URL('../data/mnist.mjs', import.meta.url) };

/**
 * The path of a file of `public/data`. A derived one is made first if it is missing, or older than what makes it.
 *
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function dataFile(name) {
  const path = join(FOLDER, name);
  const maker = DERIVED[name];
  if (maker === undefined || (await isFresh(path, maker))) return path;
  /** @type {{ make: () => Promise<Uint8Array> }} */
  const { make } = await import(maker.href);
  // Several processes may make it at once: each moves a whole file into place.
  const partial = `${path}.${randomUUID()}.part`;
  await writeFile(partial, await make());
  await rename(partial, path);
  return path;
}

/** Makes every derived file that is missing or out of date: for the page, which is served the folder as it is. */
export async function makeDataFiles() {
  await Promise.all(Object.keys(DERIVED).map(dataFile));
}

/**
 * @param {string} path
 * @param {URL} maker
 */
async function isFresh(path, maker) {
  const [made, source] = await Promise.all([
    modificationTime(path),
    modificationTime(fileURLToPath(maker)),
  ]);
  return made !== null && (source === null || made >= source);
}

/** @param {string} path */
async function modificationTime(path) {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}
