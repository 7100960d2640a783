import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { plainSha256, sha256 } from './sha256';

/** Node's, which is OpenSSL's. */
const openssl = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every place of the padding in a block, and beyond. */
const LENGTHS = [...Array(200).keys(), 1000, 4096, 100_003];

afterEach(() => vi.unstubAllGlobals());

describe('SHA-256', () => {
  it('is that of FIPS 180-4 for its example', () => {
    expect(plainSha256(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is the same in plain JavaScript as in another library, for bytes of every length and offset', () => {
    for (const length of LENGTHS) {
      const bytes = Uint8Array.from({ length: length + 3 }, (_, index) => (index * 167) & 0xff);
      expect(plainSha256(bytes.subarray(3))).toBe(openssl(bytes.subarray(3)));
    }
  });

  it('is to be had where the browser has none', async () => {
    const bytes = new TextEncoder().encode('a table');
    expect(await sha256(bytes)).toBe(openssl(bytes));
    vi.stubGlobal('crypto', {});
    expect(await sha256(bytes)).toBe(openssl(bytes));
  });
});
