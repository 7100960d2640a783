/** The polynomial of ISO 3309 and RFC 1952 (gzip, zip, PNG), its bits in reverse. */
const POLYNOMIAL = 0xedb88320;

/** Remainder of each byte. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  }
  return remainder;
});

/**
 * CRC-32 as gzip, zip and PNG have it (RFC 1952 section 8), from 0 to 2³² − 1. Two texts of bytes that differ within 32
 * bits in a row never have the same; any others do once in 2³².
 */
export function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder = (remainder >>> 8) ^ (TABLE[(remainder ^ byte) & 0xff] ?? 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
