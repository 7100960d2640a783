import { readFile } from 'node:fs/promises';
import { dataFile } from '../../scripts/lib/dataFiles.mjs';
import { ownHash } from '../tables/ownAsset';

/** What `--data` has read, by hash: a process has one command line. */
const ownData = new Map<string, ArrayBuffer>();

/** Keeps data that somebody brought until the process ends. */
export function keepOwnData(hash: string, bytes: ArrayBuffer): void {
  ownData.set(hash, bytes);
}

/** Bytes of a data file that ships with Basin, or that is made of an installed package on first use; or of `--data`. */
export async function readAsset(name: string): Promise<ArrayBuffer> {
  const hash = ownHash(name);
  if (hash !== null) {
    const kept = ownData.get(hash);
    if (kept) return kept;
    throw new Error('a document names it and does not hold it; give the file by --data NODE=FILE');
  }
  const bytes = await readFile(await dataFile(name));
  return new Uint8Array(bytes).buffer;
}
