import { readFile } from 'node:fs/promises';
import { dataFile } from '../../scripts/lib/dataFiles.mjs';

/** Bytes of a data file that ships with Basin, or that is made of an installed package on first use. */
export async function readAsset(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(await dataFile(name));
  return new Uint8Array(bytes).buffer;
}
