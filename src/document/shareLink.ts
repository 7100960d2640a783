import { deflateSync } from 'fflate';
import { crc32 } from '../core/crc32';
import type { DiagnosticCode } from '../core/diagnosticCodes';
import { failure, success, type Result } from '../core/result';
import { fromBase64Url, toBase64Url } from './base64Url';
import { canonicalJson } from './canonical';
import { inflateWithin } from './inflateWithin';
import { findLink } from './linkText';
import { readDocument } from './read';
import type { BasinDocument } from './schema';

/** Version of the encoding; the document inside has its own. Version 1 has no checksum. */
const LINK_VERSION = 2;

export const LINK_LIMITS = {
  /** Characters after `v2=`. */
  characters: 256 * 2 ** 10,
  /** Bytes of JSON. */
  inflatedBytes: 4 * 2 ** 20,
} as const;

/** An escaped character takes three. */
const ESCAPE_LENGTH = 3;
const CHECKSUM_BYTES = 4;
const COPY_ALL = 'Ask for the link again, and copy all of it.';

/**
 * The fragment of a share link, without `#`: `v2=<base64url(S ‖ CRC-32(S))>` with S = deflate-raw(canonical compact
 * JSON) and the checksum big-endian. `link.too-large` when it would be over the limits under which links are read.
 *
 * The checksum is over the compressed bytes: it is looked at before anything is unpacked, and no change of one
 * character, of two neighbours or of any few that are 32 bits apart at most passes it. Version 1, which is still
 * read, was S alone; because the version says whether a checksum belongs there, losing it does not go unnoticed.
 */
export function encodeShareLink(document: BasinDocument): Result<string> {
  const json = new TextEncoder().encode(canonicalJson(document, 'compact'));
  const payload = toBase64Url(withChecksum(deflateSync(json, { level: 9 })));
  if (json.length > LINK_LIMITS.inflatedBytes || payload.length > LINK_LIMITS.characters) {
    return refuse(
      'link.too-large',
      `The document is too large for a link: it takes ${payload.length} characters (at most ${LINK_LIMITS.characters}) and ${json.length} bytes unpacked (at most ${LINK_LIMITS.inflatedBytes}).`,
      'Save it as a file and send that.',
    );
  }
  return success(`v${LINK_VERSION}=${payload}`);
}

/**
 * Reads a share link, given as a fragment with or without `#`, as a whole URL, or as what a chat or mail program made
 * of one (`findLink`). Never throws, and never inflates more than the limit. A link of version 2 opens the document that
 * was shared or none. Refusals: `link.damaged`, `link.too-large`, `document.too-new`, and those of `readDocument`.
 */
export function decodeShareLink(link: string): Result<BasinDocument> {
  if (link.length > LINK_LIMITS.characters * ESCAPE_LENGTH) return tooLong(link.length);
  const found = findLink(link);
  if (!found) {
    const after = link.slice(link.indexOf('#') + 1).trim();
    return refuse(
      'link.damaged',
      after === ''
        ? 'The link holds no graph: nothing stands after its #.'
        : `The link holds no graph: what stands after its # does not begin with v${LINK_VERSION}=.`,
      COPY_ALL,
    );
  }
  const { version, payloads } = found;
  if (version > LINK_VERSION) {
    return refuse(
      'document.too-new',
      `The link was made by a newer Basin: its version is ${version}, and this Basin reads up to version ${LINK_VERSION}.`,
      'Reload the page to get the newest Basin, then open the link again.',
    );
  }
  if (version < 1) return refuse('link.damaged', `No Basin ever made links of version ${version}.`);
  const [likeliest] = payloads;
  if (likeliest.length > LINK_LIMITS.characters) return tooLong(likeliest.length);
  if (likeliest === '') {
    return refuse(
      'link.damaged',
      `The link is empty: nothing stands after v${version}=.`,
      COPY_ALL,
    );
  }
  const readings = payloads.map((payload) => unpack(payload, version));
  const json = readings.find(({ status }) => status === 'done') ?? readings[0];
  return json?.status === 'done'
    ? readDocument(json.text, 'The document in the link')
    : refuseReading(json?.status ?? 'damaged');
}

type Reading =
  | { readonly status: 'done'; readonly text: string }
  | { readonly status: 'cut' | 'damaged' | 'over-limit' };

function unpack(payload: string, version: number): Reading {
  const bytes = fromBase64Url(payload);
  // One digit more or less than whole bytes have: the digits before it tell more.
  if (bytes === null)
    return { status: isCut(fromBase64Url(payload.slice(0, -1))) ? 'cut' : 'damaged' };
  const stream = version === 1 ? bytes : withoutChecksum(bytes);
  if (stream === null) return { status: isCut(bytes) ? 'cut' : 'damaged' };
  const inflated = inflateWithin(stream, LINK_LIMITS.inflatedBytes);
  if (inflated.status !== 'done') return inflated;
  // Nothing followed the stream in version 1: this is a link of another version.
  if (version === 1 && endsBefore(stream, stream.length)) return { status: 'damaged' };
  const text = decodeUtf8(inflated.bytes);
  return text === null ? { status: 'damaged' } : { status: 'done', text };
}

function withChecksum(stream: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(stream.length + CHECKSUM_BYTES);
  bytes.set(stream);
  new DataView(bytes.buffer).setUint32(stream.length, crc32(stream));
  return bytes;
}

/** Null when the checksum is not that of the bytes before it. */
function withoutChecksum(bytes: Uint8Array): Uint8Array | null {
  const length = bytes.length - CHECKSUM_BYTES;
  if (length < 0) return null;
  const stream = bytes.subarray(0, length);
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(length);
  return crc32(stream) === checksum ? stream : null;
}

/** Whether the end is missing from a stream with its checksum. */
function isCut(bytes: Uint8Array | null): boolean {
  if (bytes === null) return false;
  const { status } = inflateWithin(bytes, LINK_LIMITS.inflatedBytes);
  if (status !== 'done') return status === 'cut';
  return !endsBefore(bytes, bytes.length - CHECKSUM_BYTES + 1);
}

/** Whether a complete stream ends within fewer than `length` bytes. */
function endsBefore(bytes: Uint8Array, length: number): boolean {
  const shorter = bytes.subarray(0, Math.max(0, length - 1));
  return inflateWithin(shorter, LINK_LIMITS.inflatedBytes).status === 'done';
}

function refuseReading(status: Exclude<Reading['status'], 'done'>): Result<never> {
  switch (status) {
    case 'over-limit':
      return refuse(
        'link.too-large',
        `The link unpacks to more than ${LINK_LIMITS.inflatedBytes} bytes, which is more than a graph needs; it was not opened.`,
      );
    case 'cut':
      return refuse(
        'link.damaged',
        'The link is cut off: its end is missing, or was changed on its way.',
        COPY_ALL,
      );
    case 'damaged':
      return refuse(
        'link.damaged',
        'The link was changed on its way, or a part of it is missing: what it holds is not what was shared.',
        COPY_ALL,
      );
  }
}

function tooLong(length: number): Result<never> {
  return refuse(
    'link.too-large',
    `The link has ${length} characters; at most ${LINK_LIMITS.characters} are read.`,
  );
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuse(code: DiagnosticCode, message: string, hint?: string): Result<never> {
  return failure({ code, severity: 'error', message, hint });
}
