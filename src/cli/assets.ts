import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Bytes of a data file that ships with Basin. */
export async function readAsset(name: string): Promise<ArrayBuffer> {
  const path = fileURLToPath(new URL(`../../public/data/${name}`, import.meta.url));
  const bytes = await readFile(path);
  return new Uint8Array(bytes).buffer;
}
