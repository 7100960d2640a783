import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32';

describe('crc32', () => {
  it('has the check values that are published', () => {
    const of = (text: string): number => crc32(new TextEncoder().encode(text));
    expect(of('123456789')).toBe(0xcbf43926);
    expect(of('The quick brown fox jumps over the lazy dog')).toBe(0x414fa339);
    expect(of('')).toBe(0);
  });

  it('is that of zlib', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      }),
    );
  });
});
