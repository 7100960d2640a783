import { deflateSync } from 'fflate';
import type { DiagnosticCode } from '../core/diagnosticCodes';
import { failure, success, type Result } from '../core/result';
import { fromBase64Url, toBase64Url } from './base64Url';
import { canonicalJson } from './canonical';
import { inflateWithin } from './inflateWithin';
import { readDocument } from './read';
import type { BasinDocument } from './schema';

/** Version of the encoding; the document inside has its own. */
const LINK_VERSION = 1;

export const LINK_LIMITS = {
  /** Characters after `v1=`. */
  characters: 256 * 2 ** 10,
  /** Bytes of JSON. */
  inflatedBytes: 4 * 2 ** 20,
} as const;

/**
 * The fragment of a share link, without `#`: `v1=<base64url(deflate-raw(canonical compact JSON))>`.
 * `link.too-large` when it would be over the limits under which links are read.
 */
export function encodeShareLink(document: BasinDocument): Result<string> {
  const json = new TextEncoder().encode(canonicalJson(document, 'compact'));
  const payload = toBase64Url(deflateSync(json, { level: 9 }));
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
 * Reads a share link, given as a fragment with or without `#`, or as a whole URL. Never throws, and never inflates more
 * than the limit. Refusals: `link.damaged`, `link.too-large`, `document.too-new`, and those of `readDocument`.
 */
export function decodeShareLink(link: string): Result<BasinDocument> {
  const text = link.slice(link.indexOf('#') + 1).trim();
  // Some programs escape the one character of a link that may be escaped.
  const found = /^v([0-9]+)(?:=|%3D)(.*)$/is.exec(text);
  if (!found) {
    return refuse(
      'link.damaged',
      text === ''
        ? 'The link holds no graph: nothing stands after its #.'
        : 'The link holds no graph: what stands after its # does not begin with v1=.',
      'Ask for the link again, and copy all of it.',
    );
  }
  const [, version = '', payload = ''] = found;
  if (Number(version) > LINK_VERSION) {
    return refuse(
      'document.too-new',
      `The link was made by a newer Basin: its version is ${Number(version)}, and this Basin reads version ${LINK_VERSION}.`,
      'Reload the page to get the newest Basin, then open the link again.',
    );
  }
  if (Number(version) < LINK_VERSION) {
    return refuse('link.damaged', `No Basin ever made links of version ${Number(version)}.`);
  }
  if (payload.length > LINK_LIMITS.characters) {
    return refuse(
      'link.too-large',
      `The link has ${payload.length} characters; at most ${LINK_LIMITS.characters} are read.`,
    );
  }
  return unpack(payload);
}

function unpack(payload: string): Result<BasinDocument> {
  if (payload === '') return refuse('link.damaged', 'The link is empty: nothing stands after v1=.');
  const compressed = fromBase64Url(payload);
  if (compressed === null) {
    return refuse(
      'link.damaged',
      'The link has characters that no share link has; something was added to it, or a part is missing.',
      'Ask for the link again, and copy all of it.',
    );
  }
  const inflated = inflateWithin(compressed, LINK_LIMITS.inflatedBytes);
  if (inflated.status === 'over-limit') {
    return refuse(
      'link.too-large',
      `The link unpacks to more than ${LINK_LIMITS.inflatedBytes} bytes, which is more than a graph needs; it was not opened.`,
    );
  }
  const json = inflated.status === 'done' ? decodeUtf8(inflated.bytes) : null;
  if (json === null) {
    return refuse(
      'link.damaged',
      'The link is cut off or was changed on its way: it cannot be unpacked.',
      'Ask for the link again, and copy all of it.',
    );
  }
  return readDocument(json, 'The document in the link');
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
