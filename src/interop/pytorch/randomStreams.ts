import type { Word2 } from '../../core/threefry';
import type { Value } from '../../ir/types';
import { ALL, NONE } from './placement';
import { list } from './printed';
import type { ValuePrinter } from './valuePrinter';

export function keyCode([a, b]: Word2): string {
  return `(0x${a.toString(16).padStart(8, '0')}, 0x${b.toString(16).padStart(8, '0')})`;
}

/** Random numbers of a stream: of the rows of this process where they have rows. */
export function streamCode(
  printer: ValuePrinter,
  name: string,
  value: Value,
  key: Word2,
  counter: Value,
): string {
  const place = printer.around.placeOf(value);
  const isOwn = place.of === 'own' && place.axis === 0;
  const sizes = value.shape.map((_, axis) => printer.size(value, axis, isOwn ? place : ALL));
  const count = printer.placed(counter, NONE);
  const drawn = `${name}(${keyCode(key)}, ${count.code}, ${list(sizes)}${isOwn ? ', rows=True' : ''})`;
  return place.of === 'own' && !isOwn ? `own_rows(${drawn}, ${place.axis})` : drawn;
}
