import { zlibSync } from 'fflate';
import { crc32 } from '../core/crc32';
import { formatBytes } from '../core/formatNumber';
import { failure, success, type Result } from '../core/result';
import { canonicalJson } from './canonical';
import { inflateWithin } from './inflateWithin';
import { DOCUMENT_LIMITS, type BasinDocument } from './schema';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Length, type and CRC of a chunk. */
const FRAME_BYTES = 12;
/** Of the chunk that has the document, as other programs show it. */
const KEYWORD = 'Basin document';
/** What its chunk begins with: compressed, by the one method there is; no language, no translation of the keyword. */
const PREFIX = `${KEYWORD}\0\u0001\0\0\0`;
/** A character takes four bytes at most. */
const MOST_BYTES = DOCUMENT_LIMITS.characters * 4;
/** The header of a zlib stream. */
const ZLIB_HEADER_BYTES = 2;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Of its frame in the file. */
  readonly start: number;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * A PNG image with a document inside: canonical JSON, compressed, in an `iTXt` chunk before the end of the image (W3C, PNG
 * specification, third edition, §11.3.3.4). Programs that show images pass it over, and most keep it.
 */
export function withDocument(png: Uint8Array, document: BasinDocument): Uint8Array<ArrayBuffer> {
  const end = chunksOf(png).find(({ type }) => type === 'IEND')?.start ?? png.length;
  const encoder = new TextEncoder();
  const text = zlibSync(encoder.encode(canonicalJson(document, 'compact')));
  const chunk = framed('iTXt', [...encoder.encode(PREFIX)], text);
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, end));
  bytes.set(chunk, end);
  bytes.set(png.subarray(end), end + chunk.length);
  return bytes;
}

/** Whether a PNG image has a document inside, readable or not. */
export function hasDocument(png: Uint8Array): boolean {
  return isPng(png) && documentChunk(chunksOf(png)) !== undefined;
}

/** The JSON text of the document in a PNG image. `what` begins the messages, such as the name of the file in quotes. */
export function documentTextIn(png: Uint8Array, what: string): Result<string> {
  const chunks = chunksOf(png);
  const chunk = documentChunk(chunks);
  if (chunk === undefined) {
    const isWhole = chunks.some(({ type }) => type === 'IEND');
    return refused(
      isWhole
        ? `${what} is a PNG image without a graph in it.`
        : `${what} is a PNG image that is cut off: no graph can be read from it.`,
      'Pictures of the canvas that Basin saves have their graph inside, until another program saves them anew.',
    );
  }
  const stream = chunk.data.subarray(PREFIX.length + ZLIB_HEADER_BYTES);
  const inflated = isSound(png, chunk) ? inflateWithin(stream, MOST_BYTES) : { status: 'damaged' };
  if (inflated.status === 'over-limit') {
    return failure({
      code: 'document.too-large',
      severity: 'error',
      message: `The graph in ${what} has more than ${formatBytes(MOST_BYTES)}, which is more than any Basin document.`,
    });
  }
  if (!('bytes' in inflated)) {
    return refused(`The graph in ${what} is damaged.`, 'Save the picture again from its document.');
  }
  return success(new TextDecoder().decode(inflated.bytes));
}

function documentChunk(chunks: readonly Chunk[]): Chunk | undefined {
  const isPrefixed = ({ data }: Chunk): boolean =>
    [...PREFIX].every((character, index) => data[index] === character.charCodeAt(0));
  return chunks.find((chunk) => chunk.type === 'iTXt' && isPrefixed(chunk));
}

function isSound(png: Uint8Array, { start, data }: Chunk): boolean {
  const end = start + FRAME_BYTES + data.length;
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  return crc32(png.subarray(start + 4, end - 4)) === view.getUint32(end - 4);
}

/** As far as the file goes. */
function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: Chunk[] = [];
  let at: number = SIGNATURE.length;
  while (at + FRAME_BYTES <= png.length) {
    const length = view.getUint32(at);
    const end = at + FRAME_BYTES + length;
    if (end > png.length) break;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    chunks.push({ type, data: png.subarray(at + 8, end - 4), start: at });
    at = end;
  }
  return chunks;
}

/** A chunk with its length before it and its CRC behind it. */
function framed(type: string, ...parts: readonly ArrayLike<number>[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(FRAME_BYTES + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  bytes.set(new TextEncoder().encode(type), 4);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(at, crc32(bytes.subarray(4, at)));
  return bytes;
}

function refused(message: string, hint: string): Result<string> {
  return failure({ code: 'document.not-basin', severity: 'error', message, hint });
}
