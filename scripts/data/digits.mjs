// Converts the handwritten digits to public/data/digits.bin:
//   node scripts/data/digits.mjs <digits.csv.gz>
// The input has one digit a line: 64 pixels (integers 0..16, row by row) and the label. The layout of the
// output and where the data come from is in public/data/README.md.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROWS = 1797;
const PIXELS = 64;
const OUTPUT = fileURLToPath(new URL('../../public/data/digits.bin', import.meta.url));

/**
 * @param {string} csv
 * @returns {Uint8Array} all pixels, row by row, then all labels
 */
function pack(csv) {
  const lines = csv.trim().split('\n');
  if (lines.length !== ROWS) throw new Error(`expected ${ROWS} lines, found ${lines.length}`);
  const bytes = new Uint8Array(ROWS * (PIXELS + 1));
  lines.forEach((line, row) => {
    const numbers = line.split(',').map(Number);
    const label = numbers.pop();
    if (numbers.length !== PIXELS || numbers.some((pixel) => !isWithin(pixel, 16))) {
      throw new Error(`line ${row + 1} does not start with ${PIXELS} integers from 0 to 16`);
    }
    if (label === undefined || !isWithin(label, 9)) {
      throw new Error(`line ${row + 1} does not end with a label from 0 to 9`);
    }
    bytes.set(numbers, row * PIXELS);
    bytes[ROWS * PIXELS + row] = label;
  });
  return bytes;
}

/**
 * @param {number} value
 * @param {number} largest
 */
function isWithin(value, largest) {
  return Number.isInteger(value) && value >= 0 && value <= largest;
}

const input = process.argv[2];
if (input === undefined) {
  console.error('usage: node scripts/data/digits.mjs <digits.csv.gz>');
  process.exit(2);
}
const bytes = pack(gunzipSync(await readFile(input)).toString('utf8'));
await mkdir(dirname(OUTPUT), { recursive: true });
await writeFile(OUTPUT, bytes);
console.log(`${OUTPUT}: ${bytes.length} bytes`);
