import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical';
import { readDocument } from './read';
import type { BasinDocument } from './schema';
import { decodeShareLink, encodeShareLink } from './shareLink';

const PATIENCE = 120_000;

const document = ((): BasinDocument => {
  const text = readFileSync(new URL('./migrations/fixtures/v1.json', import.meta.url), 'utf8');
  const read = readDocument(text);
  if (!read.ok) throw new Error('the fixture is refused');
  return read.value;
})();
const canonical = canonicalJson(document);

const fragment = ((): string => {
  const link = encodeShareLink(document);
  if (!link.ok) throw new Error('not encoded');
  return link.value;
})();
const address = `https://example.org/basin/#${fragment}`;

/** What opens, as text; null when the link is refused. */
function opened(link: string): string | null {
  const result = decodeShareLink(link);
  if (!result.ok) expect(result.diagnostics[0]?.code).toMatch(/^link\.|^document\.too-new$/);
  return result.ok ? canonicalJson(result.value) : null;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** One thing that goes wrong with a text: `place` and `digit` are random. */
const DAMAGES: readonly ((text: string, place: number, digit: string) => string)[] = [
  (text, place, digit) => text.slice(0, place) + digit + text.slice(place + 1),
  (text, place) => text.slice(0, place) + text.slice(place + 1),
  (text, place, digit) => text.slice(0, place) + digit + text.slice(place),
  (text, place) =>
    text.slice(0, place) +
    text
      .slice(place, place + 2)
      .split('')
      .reverse()
      .join('') +
    text.slice(place + 2),
  (text, place) => text.slice(0, place),
  (text, place) => text.slice(0, place) + text.slice(place + 60),
  (text, place) =>
    text.slice(0, place) + text.slice(place, place + 60).repeat(2) + text.slice(place + 60),
  (text, place) => text.slice(0, place) + text.slice(place).toLowerCase(),
];

describe('a damaged link', () => {
  it(
    'opens the document that was shared or none, whatever one character becomes',
    () => {
      let same = 0;
      for (let place = 0; place <= fragment.length; place++) {
        for (const damage of DAMAGES) {
          const found = opened(damage(fragment, place, DIGITS[(place * 37) % 64] ?? 'A'));
          if (found === null) continue;
          same++;
          expect(found).toBe(canonical);
        }
      }
      // Digits that hold spare bits, and damage that changes nothing.
      expect(same).toBeGreaterThan(0);
      expect(same).toBeLessThan(fragment.length);
    },
    PATIENCE,
  );

  it(
    'opens the document that was shared or none, however often it is damaged',
    () => {
      const damage = fc.tuple(fc.constantFrom(...DAMAGES), fc.nat(), fc.constantFrom(...DIGITS));
      fc.assert(
        fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
          const link = damages.reduce(
            (text, [apply, at, digit]) => apply(text, at % (text.length + 1), digit),
            fragment,
          );
          expect([canonical, null]).toContain(opened(link));
        }),
        { numRuns: 8000 },
      );
    },
    PATIENCE,
  );
});

describe('what chat and mail programs make of a link', () => {
  const middle = Math.floor(fragment.length / 2);
  const broken = (between: string): string =>
    `https://example.org/basin/#${fragment.slice(0, middle)}${between}${fragment.slice(middle)}`;
  const escaped = address.replace('#', '%23').replace('v2=', 'v2%3D');

  it.each([
    ...[
      '.',
      ')',
      '>',
      ',',
      "'",
      '"',
      '”',
      ']',
      '}',
      ';',
      '!',
      '?',
      '…',
      '*',
      '_',
      '**',
      '__',
      '-',
      '&gt;',
    ]
      .flatMap((mark) => [mark, `${mark}.`, `${mark}\n`])
      .map((mark) => [`${JSON.stringify(mark)} after it`, address + mark]),
    ['= escaped', address.replace('v2=', 'v2%3D')],
    ['# escaped', address.replace('#', '%23')],
    ['both escaped', escaped],
    ['both escaped twice', escaped.replaceAll('%', '%25')],
    ['an escaped bracket after it', `${address}%29%2E`],
    ['a line break inside', broken('\n')],
    ['a Windows line break inside', broken('\r\n')],
    ['an escaped line break inside', broken('%0D%0A')],
    ['a blank inside', broken(' ')],
    ['an escaped blank inside', broken('%20')],
    ['blanks that cannot be seen inside', broken('\u200b\u00ad%E2%80%8B')],
    ['a quoted line inside', broken('\n> ')],
    ['line breaks everywhere', address.replaceAll(/.{60}/g, '$&\n')],
    ['a break in its beginning', address.replace('v2=', 'v2=\n')],
    ['brackets around it', `(see <${address}>)`],
    ['Markdown around it', `[my graph](${address}) is worth a look`],
    ['words after it', `${address} is worth a look`],
    ['words on the next line', `${address}\nis worth a look`],
    ['words and a break', `<${broken('\n')}> is worth a look`],
    ['V in capitals', address.replace('v2=', 'V2=')],
  ])('is undone: %s', (_, link) => {
    expect(opened(link)).toBe(canonical);
    expect(opened(link.slice(link.search(/#|%23|%2523/)))).toBe(canonical);
  });

  it('is undone in links of version 1, too', () => {
    const old = deflateRawSync(canonicalJson(document, 'compact')).toString('base64url');
    const half = Math.floor(old.length / 2);
    for (const link of [
      `v1%3D${old}`,
      `v1=${old}).`,
      `v1=${old.slice(0, half)}\n${old.slice(half)}`,
    ]) {
      expect(opened(`https://example.org/#${link}`)).toBe(canonical);
    }
  });
});
