import type { Shape, Value } from '../../ir/types';
import { ALL, type Placement } from './placement';
import { number, type Printed } from './printed';
import { atom, within } from './python';
import type { ValuePrinter } from './valuePrinter';

export function sliceStart(
  printer: ValuePrinter,
  operand: Value,
  axis: number,
  low: number,
  from: Placement,
): string {
  const extent = operand.shape[axis] ?? 0;
  // From the half of stacked views on.
  return low * 2 === extent
    ? `${printer.size(operand, axis, from.of === 'own' ? ALL : from)} // 2`
    : String(low);
}

/** What stands between square brackets; null where nothing is cut. */
export function indexCode(x: Printed, part: (axis: number) => string): string | null {
  const first = x.present.length - x.rank;
  const parts = x.present.map((isPresent, axis) => (isPresent ? part(axis) : ':')).slice(first);
  while (parts.at(-1) === ':') parts.pop();
  return parts.length === 0 ? null : parts.join(', ');
}

/** `:, None` where a reshape does nothing but put in axes of extent 1. */
export function insertedAxes(from: Shape, to: Shape): string | null {
  if (to.length <= from.length || from.length === 0) return null;
  let next = 0;
  const parts = to.map((extent) => {
    if (next < from.length && extent === from[next]) {
      next++;
      return ':';
    }
    return extent === 1 ? 'None' : null;
  });
  if (next !== from.length || parts.includes(null)) return null;
  while (parts.at(-1) === ':') parts.pop();
  return parts.join(', ');
}

/** Axes that are new or stretched are not there: PyTorch broadcasts. */
export function broadcastCode(value: Value<'broadcast'>, operand: Value, x: Printed): Printed {
  const { axes } = value.attributes;
  if (x.isNumber) return number(value, x);
  const first = operand.shape.length - x.rank;
  const places = new Map<number, number>();
  axes.forEach((axis, index) => {
    if (index >= first) places.set(axis, index);
  });
  const present = value.shape.map((extent, axis) => {
    const index = places.get(axis);
    return index !== undefined && x.present[index] === true && operand.shape[index] === extent;
  });
  const start = Math.min(...places.keys(), value.shape.length);
  const parts = value.shape.map((_, axis) => (places.has(axis) ? ':' : 'None')).slice(start);
  while (parts.at(-1) === ':') parts.pop();
  const code = parts.length === 0 ? x : atom(`${within(x, 10)}[${parts.join(', ')}]`);
  return { code: code.code, binding: code.binding, rank: value.shape.length - start, present, isNumber: false }; // prettier-ignore
}

export function reshapeSource(printer: ValuePrinter, operand: Value, place: Placement): Placement {
  const from = printer.around.placeOf(operand);
  return from.of === 'own' && place.of !== 'own' ? ALL : from;
}
