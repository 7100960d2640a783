/** What a text says of itself to be a share link. */
export interface LinkText {
  readonly version: number;
  /**
   * What may have been written after the `=`, the likeliest first: chat and mail programs put things around links and
   * into them, and where a link ends is not always clear. Only base64url digits; empty when there are none.
   */
  readonly payloads: readonly [string, ...string[]];
}

/** A link may pass through several programs that escape what the one before escaped. */
const ESCAPED_TIMES = 3;
/** Blanks, line breaks (with the marks of a quoted mail), and what is invisible: soft hyphens, zero-width characters. */
const BLANKS = /[\r\n][>|\s]+|[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g;
const START = /(?:^|#)v([0-9]{1,9})=/i;

/**
 * Finds a share link in a fragment with or without `#`, in a whole address or in what a chat or mail program made of
 * it; null when there is none. Escapes (`%23`, `%3D`), blanks and line breaks within are undone, and what
 * stands after it (`.`, `)`, `>`, `,`, `'`, words) is left out.
 */
export function findLink(text: string): LinkText | null {
  const plain = unescape(text).trim();
  const compact = plain.replaceAll(BLANKS, '');
  const found = START.exec(compact);
  if (!found) return null;
  const whole = digitsAt(compact, found.index + found[0].length);
  // Words may follow the link, and then only what stands before the first blank is of the link.
  const before = START.exec(plain);
  const word = before ? digitsAt(plain, before.index + before[0].length) : whole;
  const [first, ...rest] = [whole, word].flatMap((payload) => [
    payload,
    payload.replace(EMPHASIS, ''),
  ]);
  return {
    version: Number(found[1]),
    payloads: [first ?? whole, ...new Set(rest.filter((payload) => payload !== first))],
  };
}

/**
 * Whether a page's address was meant to bring a document, even if what it brings cannot be read. Basin has no fragments but links,
 * and others that may stand there are short names.
 */
export function isMeantAsLink(address: string): boolean {
  return findLink(address) !== null || /#[^/?]{0,5}[A-Za-z0-9_-]{40}/.test(unescape(address));
}

/** Marks of emphasis that are digits of base64url, too. */
const EMPHASIS = /[-_]+$/;

function digitsAt(text: string, start: number): string {
  return /^[A-Za-z0-9_-]*/.exec(text.slice(start))?.[0] ?? '';
}

function unescape(text: string): string {
  let plain = text;
  for (let time = 0; time < ESCAPED_TIMES && plain.includes('%'); time++) {
    plain = plain.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      try {
        return decodeURIComponent(escapes);
      } catch {
        return escapes;
      }
    });
  }
  return plain;
}
