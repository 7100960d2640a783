/** Text in markup, also inside of quotes. */
export function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML has no place for these.
      .replaceAll(/[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  );
}

/** A length with two digits behind the point at most. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}
