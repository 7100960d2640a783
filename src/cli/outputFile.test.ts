import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tryOutput, writeOutput } from './outputFile';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('leaves the folder and what is in it as they were', async () => {
  const file = join(folder, 'kept');
  await writeFile(file, 'old');
  await tryOutput(file, 'It');
  await tryOutput(join(folder, 'new'), 'It');
  expect(await readdir(folder)).toEqual(['kept']);
  expect(await readFile(file, 'utf8')).toBe('old');
  await writeOutput(file, 'n', 'It');
  expect(await readFile(file, 'utf8')).toBe('n');
});

it.each([
  ['before', (path: string) => tryOutput(path, 'It')],
  ['then', (path: string) => writeOutput(path, 'text', 'It')],
])('fails where nothing can be written, %s', async (_, attempt) => {
  for (const path of [folder, join(folder, 'none', 'file')]) {
    await expect(attempt(path)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^It cannot be written to “.*E(ISDIR|NOENT)/) as string,
    });
  }
});
