import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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

it('writes behind a link, which stays', async () => {
  const file = join(folder, 'file');
  const link = join(folder, 'link');
  await writeFile(file, 'old');
  await symlink(file, link);
  await writeOutput(link, 'new', 'It');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('new');
});

it('writes to a device, which stays', async () => {
  for (const attempt of [tryOutput('/dev/null', 'It'), writeOutput('/dev/null', 'text', 'It')]) {
    await attempt;
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
  }
});

it.each([
  ['before', (path: string) => tryOutput(path, 'It')],
  ['then', (path: string) => writeOutput(path, 'text', 'It')],
])('fails where nothing can be written, %s', async (_, attempt) => {
  for (const path of [folder, join(folder, 'none', 'file')]) {
    await expect(attempt(path)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^It cannot be written to “.*E(ISDIR|NOENT).*$/) as string,
    });
  }
});

it('leaves what was there, and nothing beside it, where it fails on the way', async () => {
  const file = join(folder, 'kept');
  await writeFile(file, 'old');
  await mkdir(`${file}.part`);
  await expect(tryOutput(file, 'It')).rejects.toMatchObject({ exitCode: 2 });
  await expect(writeOutput(file, 'new', 'It')).rejects.toMatchObject({ exitCode: 2 });
  expect(await readFile(file, 'utf8')).toBe('old');
});
