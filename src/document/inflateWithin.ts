import { FlateErrorCode, Inflate, type FlateError } from 'fflate';

/** DEFLATE expands at most 1032 times, so one chunk gives at most about 1 MiB before the limit is looked at again. */
const CHUNK_BYTES = 1024;

export type Inflated =
  | { readonly status: 'done'; readonly bytes: Uint8Array }
  /** `produced` bytes came out before it was given up. */
  | { readonly status: 'over-limit'; readonly produced: number }
  /** Its end is missing. */
  | { readonly status: 'cut' }
  | { readonly status: 'damaged' };

/**
 * Inflates raw DEFLATE (RFC 1951) and gives up as soon as more than `limit` bytes have come out, so that neither time
 * nor memory depends on what a hostile stream would become. Bytes after the stream's own end are left alone.
 */
export function inflateWithin(compressed: Uint8Array, limit: number): Inflated {
  const chunks: Uint8Array[] = [];
  let produced = 0;
  const stream = new Inflate((chunk) => {
    produced += chunk.length;
    if (produced <= limit) chunks.push(chunk);
  });
  if (compressed.length === 0) return { status: 'cut' };
  for (let start = 0; start < compressed.length; start += CHUNK_BYTES) {
    const chunk = compressed.subarray(start, start + CHUNK_BYTES);
    try {
      // Only the last push complains about a missing end, and only when it brings bytes.
      stream.push(chunk, start + CHUNK_BYTES >= compressed.length);
    } catch (error) {
      const { code } = error as FlateError;
      return { status: code === FlateErrorCode.UnexpectedEOF ? 'cut' : 'damaged' };
    }
    if (produced > limit) return { status: 'over-limit', produced };
  }
  return { status: 'done', bytes: concatenate(chunks, produced) };
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
