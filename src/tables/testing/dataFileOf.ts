import type { DataFile } from '../dataFile';

/** A file with a name and this content. */
export function dataFileOf(
  name: string,
  ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]
): DataFile {
  return Object.assign(new Blob([...parts]), { name });
}

/** The bytes of an array as NumPy writes them, format 1.0; `descr` as `<f4`, values in the order they are stored in. */
export function npyBytes(
  descr: string,
  isFortran: boolean,
  shape: string,
  values: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const head = `{'descr': '${descr}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const padded = `${head.padEnd(64 * Math.ceil((head.length + 11) / 64) - 11)}\n`;
  const start = [0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length % 256, padded.length >> 8];
  return Uint8Array.from([...start, ...Buffer.from(padded), ...values]);
}
