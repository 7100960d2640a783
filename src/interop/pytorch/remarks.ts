import type { Value } from '../../ir/types';
import type { Remark } from '../../ir/valueNumbering';
import { method, whole, type Printed } from './printed';
import { atom, pythonNumber } from './python';
import { streamCode } from './randomStreams';
import type { Placement } from './placement';
import type { ValuePrinter } from './valuePrinter';

type Said<W extends Remark['what']> = Extract<Remark, { what: W }>;

/** PyTorch's word for what several ops come to; null where it has none, such as for sums over rows of several processes. */
const WORDS: {
  readonly [W in Remark['what']]: (
    printer: ValuePrinter,
    value: Value,
    remark: Said<W>,
  ) => Printed | null;
} = {
  normal: (printer, value, { key, counter }) =>
    whole(value, atom(streamCode(printer, 'normal', value, key, counter))),
  logSumExp: (printer, value, { of, axes }) =>
    along(printer, value, of, axes, (x, dims) => method(x, 'logsumexp', dims)),
  softmax: (printer, value, { of, axes }) =>
    along(printer, value, of, axes, (x, dims) => method(x, 'softmax', dims)),
  logSoftmax: (printer, value, { of, axes }) =>
    along(printer, value, of, axes, (x, dims) => method(x, 'log_softmax', dims)),
  normalize: (printer, value, { of, axes, least }) =>
    along(printer, value, of, axes, (x, dims) =>
      atom(`F.normalize(${x.code}, dim=${dims}, eps=${pythonNumber(least)})`),
    ),
  variance: (printer, value, { of, axes, ddof }) =>
    along(printer, value, of, axes, (x, dims) =>
      method(x, 'var', dims, `unbiased=${ddof === 1 ? 'True' : 'False'}`),
    ),
  // Gradients are statements of their own.
  gradient: () => null,
};

/** Null where the ops are to be written instead. */
export function printRemark(value: Value, printer: ValuePrinter, remark: Remark): Printed | null {
  return hasWord(value, remark, (of) => printer.around.placeOf(of))
    ? printSaid(printer, value, remark)
    : null;
}

function printSaid<W extends Remark['what']>(
  printer: ValuePrinter,
  value: Value,
  remark: Said<W> & { readonly what: W },
): Printed | null {
  return WORDS[remark.what](printer, value, remark);
}

/** Whether PyTorch's word is right for what several processes have of the values. */
export function hasWord(
  value: Value,
  remark: Remark,
  placeOf: (value: Value) => Placement,
): boolean {
  if (remark.what === 'normal') return true;
  if (remark.what === 'gradient') return false;
  const place = placeOf(remark.of);
  const isApart = place.of !== 'own' || !remark.axes.includes(place.axis);
  return isApart && place.of === placeOf(value).of;
}

/** A word for something along axes that hold no rows of several processes. */
function along(
  printer: ValuePrinter,
  value: Value,
  of: Value,
  axes: readonly number[],
  word: (x: Printed, dims: string) => { code: string; binding: number },
): Printed {
  const x = printer.full(of, printer.around.placeOf(of));
  const [only] = axes;
  const dims = axes.length === 1 ? String(only) : `(${axes.join(', ')})`;
  return whole(value, word(x, dims));
}

/** The values that a word is said of: what it needs in place of the ops. */
export function remarkOperands(remark: Remark): readonly Value[] {
  switch (remark.what) {
    case 'normal':
      return [remark.counter];
    case 'gradient':
      return [remark.output, remark.by];
    default:
      return [remark.of];
  }
}
