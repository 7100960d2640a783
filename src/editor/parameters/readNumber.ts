/*
 * Numbers as people type them, wherever they come from: `1024`, `1,024`, `1 024`, `1.024,5`, `1e-3`, `.5`, `−2`, `٣`.
 * A mark between digits divides thousands or begins the decimals, and which one it does is not always to be seen:
 *
 * 1. Spaces, apostrophes and underscores divide thousands. Of comma and point together, the last one begins the decimals.
 *    A mark that comes more than once divides thousands.
 * 2. One comma or point alone divides thousands where it can, in a field for whole numbers: these have no decimals.
 * 3. Elsewhere one point alone begins the decimals, as everywhere on the page; one comma alone begins them unless it can
 *    divide thousands and does so in the reader's language.
 *
 * A mark can divide thousands where one to three digits come before it, of which the first is no zero, and three after
 * it, or two and then three as in India. What no rule reads is no number: nothing is guessed from its beginning.
 */

export interface NumberHabits {
  /** The field is for whole numbers. */
  readonly whole: boolean;
  /** Of the reader, such as `de-CH`. */
  readonly locale: string;
}

/** The first digits of ten that follow each other: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10] as const;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]/g;
const NUMBER = /^([+-]?)(\d[\d.,' ]*|[.,]\d+)(?:e([+-]?\d+))?$/;
const THOUSANDS = /^[1-9]\d{0,2}(?:(?:([.,' ])\d{3})(?:\1\d{3})*|,\d{2}(?:,\d{2})*,\d{3})$/;

/** Null where it is not a finite number. */
export function readNumber(text: string, { whole, locale }: NumberHabits): number | null {
  const [, sign = '', digits = '', exponent] = NUMBER.exec(plainMarks(text)) ?? [];
  if (digits === '') return null;
  const mantissa = plainDigits(digits, { whole: whole && exponent === undefined, locale });
  const value = Number(`${sign}${mantissa ?? NaN}e${exponent ?? 0}`);
  // Smaller than any number that there is.
  const isLost = value === 0 && mantissa !== null && /[1-9]/.test(mantissa);
  return Number.isFinite(value) && !isLost ? value : null;
}

/** With the digits, minus signs and dividing marks of all scripts as ASCII has them. */
function plainMarks(text: string): string {
  return text
    .trim()
    .replaceAll(DIGITS, plainDigit)
    .replaceAll(/[\u2212\u2013\ufe63\uff0d]/g, '-')
    .replaceAll(/[\u2019\u066c_]/g, "'")
    .replaceAll(/[\u00a0\u2009\u202f]/g, ' ')
    .replaceAll('\uff0c', ',')
    .replaceAll(/[\u066b\uff0e]/g, '.')
    .toLowerCase()
    .replace(/^([+-]) /, '$1');
}

function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.findLast((first) => first <= code) ?? code;
  return String(code - zero);
}

/** Digits with a point before the decimals; null where the marks make no sense. */
function plainDigits(text: string, habits: NumberHabits): string | null {
  const marks = text.replaceAll(/\d/g, '');
  const last = marks.at(-1);
  if (last === undefined) return text;
  if (dividesThousands(text, marks, habits)) return text.replaceAll(/\D/g, '');
  if (last !== '.' && last !== ',') return null;
  const place = text.lastIndexOf(last);
  const [before, after] = [text.slice(0, place), text.slice(place + 1)];
  const isPlain = marks.length === 1 || (!before.includes(last) && THOUSANDS.test(before));
  return isPlain ? `${before.replaceAll(/\D/g, '')}.${after}` : null;
}

/** Whether all marks divide thousands. */
function dividesThousands(text: string, marks: string, { whole, locale }: NumberHabits): boolean {
  if (!THOUSANDS.test(text)) return false;
  if (marks.length > 1 || whole || marks === "'" || marks === ' ') return true;
  return marks === ',' && decimalMark(locale) !== ',';
}

const decimalMarks = new Map<string, string>();

function decimalMark(locale: string): string {
  const known = decimalMarks.get(locale);
  if (known !== undefined) return known;
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(0.5);
  const mark = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  decimalMarks.set(locale, mark);
  return mark;
}
