import fc from 'fast-check';
import { HOSTILE_VALUES, placesOf, replaced } from '../support/hostileValues';

/** Letters that mean something to some reader. */
const LETTERS = [...'AZaz09-_+/=%#&.,:;!?(){}[]<>"\'\\ \n\t\0', '\u200b', '\ud800', '”', '🎈'];

/** One thing that goes wrong with a text at a place. */
const DAMAGES: readonly ((text: string, at: number, letter: string, length: number) => string)[] = [
  (text, at, letter) => text.slice(0, at) + letter + text.slice(at + 1),
  (text, at, letter) => text.slice(0, at) + letter + text.slice(at),
  (text, at, _, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, _, length) => text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length), // prettier-ignore
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at).toLowerCase(),
  (text, at, letter, length) => text.slice(0, at) + letter.repeat(length) + text.slice(at),
  (text, at, _, length) => text.slice(0, at) + [...text.slice(at, at + length)].reverse().join('') + text.slice(at + length), // prettier-ignore
];

const damageArbitrary = fc.tuple(
  fc.constantFrom(...DAMAGES),
  fc.nat(),
  fc.constantFrom(...LETTERS),
  fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 2000 })),
);

/** The text with one to four things gone wrong. */
export function damagedText(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.array(damageArbitrary, { minLength: 1, maxLength: 4 }))
    .map(([text, damages]) =>
      damages.reduce(
        (changed, [damage, at, letter, length]) =>
          damage(changed, at % (changed.length + 1), letter, length),
        text,
      ),
    );
}

/** The bytes with one to eight of them changed, or cut off. */
export function damagedBytes(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  return fc
    .tuple(bytes, fc.array(change, { minLength: 1, maxLength: 8 }), fc.option(fc.nat()))
    .map(([whole, changes, cut]) => {
      const copy = whole.slice(0, cut === null ? whole.length : cut % (whole.length + 1));
      for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    });
}

/** Numbers at the ends of what is possible, or next to what is usual. */
const NUMBERS = [0, 1, -1, 2, 0.5, 1e-300, 1e300, 65_536, 65_537, 2 ** 31, 2 ** 53, 2 ** 53 + 2];

/** A JSON value with one to three of its parts replaced, by what is hostile, plausible, or stands elsewhere in it. */
export function mutatedJson(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const by = fc.oneof(
    fc.constantFrom<unknown>(...HOSTILE_VALUES).map((value) => ({ value })),
    fc.constantFrom(...NUMBERS).map((value) => ({ value })),
    fc.jsonValue({ maxDepth: 2 }).map((value) => ({ value })),
    fc.nat().map((place) => ({ place })),
  );
  return fc
    .tuple(values, fc.array(fc.tuple(fc.nat(), by), { minLength: 1, maxLength: 3 }))
    .map(([json, changes]) =>
      changes.reduce<unknown>((changed, [choice, other]) => {
        const places = placesOf(changed);
        const value =
          'value' in other ? other.value : partAt(changed, places[other.place % places.length]);
        return replaced(changed, places[choice % places.length] ?? [], value);
      }, json),
    );
}

function partAt(json: unknown, path: readonly (string | number)[] = []): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], json);
}
