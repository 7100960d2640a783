import { InvalidArgumentError } from 'commander';
import { formatWhole } from '../core/formatNumber';

/** Both ends belong to it; without `to`, up to what is exact in a number. */
export interface NumberRange {
  readonly from: number;
  readonly to?: number;
}

/** Reads a whole number of an option. Whatever else is given, the range is told. */
export function numberWithin({ from, to = Number.MAX_SAFE_INTEGER }: NumberRange) {
  const end = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${formatWhole(to)}`;
  return (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`A whole number from ${formatWhole(from)}${end} is expected.`);
  };
}
