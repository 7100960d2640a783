import { formatEntered } from '../../core/formatNumber';
import type { NumberLimits } from './parameterFields';
import { readNumber } from './readNumber';

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** A number as it is typed in the reader's language, within limits. */
export function parseNumber(
  text: string,
  limits: NumberLimits,
  locale = readersLocale(),
): Parsed<number> {
  const value = readNumber(text, { whole: limits.integer, locale });
  if (value === null) return { ok: false, message: 'Enter a number.' };
  const message = outside(value, limits);
  return message === null ? { ok: true, value } : { ok: false, message };
}

/**
 * `128, 64`: numbers apart by commas or spaces. Where a semicolon stands, semicolons part the numbers, and commas belong
 * to them: `0,5; 1,5`.
 */
export function parseWidths(text: string, limits: NumberLimits, longest: number): Parsed<number[]> {
  const parts = text.split(text.includes(';') ? /\s*;\s*/ : /[\s,×]+/).filter(Boolean);
  if (parts.length > longest) return { ok: false, message: `At most ${longest} numbers.` };
  const values: number[] = [];
  for (const part of parts) {
    // The rest of `1,024`, which is one number to those who write it so.
    if (/^0\d/.test(part)) {
      return { ok: false, message: `Commas part the numbers: thousands have none. “${part}”?` };
    }
    const parsed = parseNumber(part, limits);
    if (!parsed.ok) return { ok: false, message: `“${part}”: ${parsed.message}` };
    values.push(parsed.value);
  }
  return { ok: true, value: values };
}

/** What a text was read as, where that is not plain to see; else null. */
export function understoodNumber(text: string, value: number): string | null {
  return Number(text) === value ? null : formatEntered(value);
}

export function understoodWidths(text: string, values: readonly number[]): string | null {
  return /[,.]\d{3}(?!\d)/.test(text) ? values.join(', ') : null;
}

function readersLocale(): string {
  return typeof navigator === 'undefined' ? 'en' : navigator.language;
}

function outside(
  value: number,
  { min, max, openMin, openMax, integer }: NumberLimits,
): string | null {
  if (integer && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < min || (openMin && value === min)) {
    return `Must be ${openMin ? 'more than' : 'at least'} ${formatEntered(min)}.`;
  }
  if (value > max || (openMax && value === max)) {
    return `Must be ${openMax ? 'less than' : 'at most'} ${formatEntered(max)}.`;
  }
  return null;
}

/** One press of an arrow key: a nice step for the number's size, kept within the limits. */
export function stepNumber(
  value: number,
  direction: 1 | -1,
  limits: NumberLimits,
  factor = 1,
): number {
  const natural = limits.integer ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value) || 1) - 1);
  const step = (limits.step ?? natural) * factor;
  const next = Number((value + direction * step).toPrecision(10));
  const clamped = Math.min(limits.max, Math.max(limits.min, next));
  return outside(clamped, limits) === null ? clamped : value;
}
