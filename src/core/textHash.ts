const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * FNV-1a with 64 bits over the UTF-8 bytes of a text, as 16 hexadecimal digits (G. Fowler, L. Noll, K.-P. Vo, D. Eastlake,
 * RFC 9923). It tells texts apart that nobody has made alike on purpose.
 */
export function textHash(text: string): string {
  let hash = OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}
