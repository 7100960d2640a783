import type { DatasetContext } from '../../src/graph/nodeDefinition';

/** Images of the 8×8 digits, and what of them is for training; the layout of the file is in public/data/README.md. */
export const DIGITS = { rows: 1797, trainRows: 1437, side: 8 } as const;

const ASSET = 'digits.bin';
const PIXELS = DIGITS.side ** 2;
/** Pixels are 0..16. */
const LARGEST_PIXEL = 16;

export interface LoadedDigits {
  /** Row by row of each image, from 0 to 1. */
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

/** The digits, in the order of their source. Throws when the file is damaged. */
export async function loadDigits({ asset }: DatasetContext): Promise<LoadedDigits> {
  const { rows } = DIGITS;
  const bytes = new Uint8Array(await asset(ASSET));
  if (bytes.length !== rows * (PIXELS + 1)) {
    throw new Error(`${ASSET} has ${bytes.length} bytes instead of ${rows * (PIXELS + 1)}.`);
  }
  return {
    pixels: Float32Array.from(bytes.subarray(0, rows * PIXELS), (pixel) => pixel / LARGEST_PIXEL),
    labels: Int32Array.from(bytes.subarray(rows * PIXELS)),
  };
}
