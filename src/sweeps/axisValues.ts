import type { AxisValue } from '../runs/sweepDefinition';
import { SWEEP_LIMITS } from '../runs/sweepDefinition';

const RANGE = /^(.+?)\.\.(.+?)\/(\d+)(\/log)?$/;

/**
 * Reads the values of an axis: a list such as `0,1,5` or `relu,gelu` or `[64],[64,64]`, each JSON or else a word, or a range
 * `FROM..TO/COUNT`, in even steps, or with `/log` behind it in even factors. Null where that is nothing usable.
 */
export function readAxisValues(text: string): readonly AxisValue[] | null {
  const [, from, to, count, log] = RANGE.exec(text.trim()) ?? [];
  const values =
    from === undefined || to === undefined
      ? listed(text)
      : ranged(Number(from), Number(to), Number(count), log !== undefined);
  const isUsable =
    values !== null &&
    values.length > 0 &&
    values.length <= SWEEP_LIMITS.values &&
    new Set(values.map((value) => JSON.stringify(value))).size === values.length;
  return isUsable ? values : null;
}

function listed(text: string): readonly AxisValue[] | null {
  // As one JSON list where it is one: commas may stand within values.
  const json = parse(`[${text}]`);
  if (Array.isArray(json)) return json as AxisValue[];
  const words = text.split(',').map((word) => word.trim());
  // A number that begins with a zero is the rest of one with a comma between its thousands.
  if (words.some((word) => word === '' || /^0\d/.test(word))) return null;
  return words.map((word) => (parse(word) as AxisValue | undefined) ?? word);
}

function ranged(from: number, to: number, count: number, log: boolean): number[] | null {
  const isUsable = Number.isFinite(from) && Number.isFinite(to) && count >= 2;
  if (!isUsable || count > SWEEP_LIMITS.values) return null;
  if (log && !(from > 0 && to > 0)) return null;
  return Array.from({ length: count }, (_, index) => {
    const part = index / (count - 1);
    if (part === 0 || part === 1) return part === 0 ? from : to;
    const value = log ? from * (to / from) ** part : from + part * (to - from);
    // Without the noise of binary fractions.
    return Number(value.toPrecision(6));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
