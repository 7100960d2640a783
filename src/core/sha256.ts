/**
 * SHA-256 (FIPS 180-4) in hexadecimal: the browser's own where there is one. It is missing on pages that come neither by https nor from
 * localhost.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = crypto as Partial<Crypto>;
  return subtle === undefined
    ? plainSha256(bytes)
    : hexadecimal(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}

const BLOCK = 64;
const ROUNDS = 64;

/** Primes from 2 on, as many as there are rounds. */
const PRIMES = ((): number[] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < ROUNDS; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
})();

/** FIPS 180-4, §4.2.2 and §5.3.3: the first 32 bits of the fractional parts of roots of primes. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/** The same in plain JavaScript, a tenth as quick. */
export function plainSha256(bytes: Uint8Array): string {
  const state = START.slice();
  const schedule = new Int32Array(ROUNDS);
  const whole = bytes.length - (bytes.length % BLOCK);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += BLOCK) compress(state, schedule, view, at);
  const rest = padded(bytes.subarray(whole), bytes.length);
  for (let at = 0; at < rest.byteLength; at += BLOCK) compress(state, schedule, rest, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setInt32(4 * index, word));
  return hexadecimal(new Uint8Array(digest.buffer));
}

/** §5.1.1: a one, zeros, and how many bits there were. */
function padded(rest: Uint8Array, length: number): DataView {
  const size = rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK;
  const bytes = new Uint8Array(size);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(size - 8, BigInt(length) * 8n);
  return view;
}

/** §6.2.2. */
function compress(state: Int32Array, w: Int32Array, block: DataView, at: number): void {
  for (let t = 0; t < 16; t++) w[t] = block.getInt32(at + 4 * t);
  for (let t = 16; t < ROUNDS; t++) {
    const before = w[t - 15] ?? 0;
    const last = w[t - 2] ?? 0;
    const small0 = rotated(before, 7) ^ rotated(before, 18) ^ (before >>> 3);
    const small1 = rotated(last, 17) ^ rotated(last, 19) ^ (last >>> 10);
    w[t] = ((w[t - 16] ?? 0) + small0 + (w[t - 7] ?? 0) + small1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < ROUNDS; t++) {
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + (CONSTANTS[t] ?? 0) + (w[t] ?? 0)) | 0;
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + big0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = ((state[index] ?? 0) + word) | 0;
  });
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
