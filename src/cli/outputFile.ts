import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';

/**
 * Writes a file that the user named; whoever is stopped on the way, or finds the disk full, leaves the file that was there. What is
 * no file, such as a pipe or a device, is written to as it is. `what` begins the message where that cannot be: “The weights”.
 */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  what: string,
): Promise<void> {
  try {
    const file = await fileBehind(path);
    if (file === null) await writeFile(path, content);
    else await replaceFile(file, content);
  } catch (error) {
    throw cannotWrite(path, what, error);
  }
}

/** Finds out beforehand whether `writeOutput` will succeed. What is in the file stays; a file that was not there is not there after. */
export async function tryOutput(path: string, what: string): Promise<void> {
  try {
    const file = await fileBehind(path);
    const isThere = file === null || (await stat(file).catch(() => null)) !== null;
    if (isThere) await (await open(path, 'r+')).close();
    if (file === null) return;
    await (await open(partOf(file), 'w')).close();
    await rm(partOf(file));
  } catch (error) {
    throw cannotWrite(path, what, error);
  }
}

/** The file that a path leads to or would make, behind links, which stay; null where it leads to something else. */
async function fileBehind(path: string): Promise<string | null> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => null);
  return found === null || found.isFile() ? target : null;
}

async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(partOf(file), content);
    await rename(partOf(file), file);
  } catch (error) {
    await rm(partOf(file), { force: true }).catch(() => undefined);
    throw error;
  }
}

function partOf(file: string): string {
  return `${file}.part`;
}

function cannotWrite(path: string, what: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError(`${what} cannot be written to “${path}”: ${reason}`, EXIT.usage);
}
