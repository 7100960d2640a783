/** What a text is written in, as its byte order mark says. Without one: as its zeros lie, which a text in UTF-8 has none of. */
export function unicodeEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (isAscii(first) && second === 0 && isAscii(third) && fourth === 0) return 'utf-16le';
  if (first === 0 && isAscii(second) && third === 0 && isAscii(fourth)) return 'utf-16be';
  return 'utf-8';
}

/** The text of a file in UTF-8 or UTF-16, such as Windows writes, without its byte order mark. What is neither has U+FFFD in it. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(unicodeEncoding(bytes)).decode(bytes);
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}
