import { open, rename, rm, writeFile } from 'node:fs/promises';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';

/** Writes a file that the user named. `what` begins the message where that cannot be: “The weights”. */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  what: string,
): Promise<void> {
  await writeFile(path, content).catch((error: unknown) => {
    throw cannotWrite(path, what, error);
  });
}

/** As `writeOutput`; whoever is stopped on the way leaves the file that was there. */
export async function replaceOutput(
  path: string,
  content: string | Uint8Array,
  what: string,
): Promise<void> {
  const beside = `${path}.part`;
  await writeOutput(beside, content, what);
  await rename(beside, path).catch((error: unknown) => {
    throw cannotWrite(path, what, error);
  });
}

/** Finds out beforehand whether `writeOutput` will succeed. What is in the file stays; a file that was not there is not there after. */
export async function tryOutput(path: string, what: string): Promise<void> {
  try {
    const isNew = await open(path, 'wx').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
      throw error;
    });
    const file = isNew ?? (await open(path, 'r+'));
    await file.close();
    if (isNew !== null) await rm(path);
  } catch (error) {
    throw cannotWrite(path, what, error);
  }
}

function cannotWrite(path: string, what: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError(`${what} cannot be written to “${path}”: ${reason}`, EXIT.usage);
}
