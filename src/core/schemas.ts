import { z } from 'zod';

/** Bounds of a length, both included. */
interface Length {
  readonly min?: number;
  readonly max: number;
}

/**
 * A text of bounded length (in code points). Texts and lists of every schema that outside data is checked against are
 * made by this and `list`: zod by itself measures whatever has a `length`, before it says that the type is wrong, and
 * an object whose `length` has no number (`{"length": {"valueOf": 1, "toString": 1}}`) makes the measuring throw.
 */
export function text(length: Length): z.ZodString {
  return z.string().check(...lengthChecks(length, (value) => typeof value === 'string'));
}

/** A list of bounded length; see `text`. */
export function list<Item extends z.ZodType>(item: Item, length: Length): z.ZodArray<Item> {
  return z.array(item).check(...lengthChecks(length, Array.isArray));
}

function lengthChecks(
  { min = 0, max }: Length,
  hasType: (value: unknown) => boolean,
): z.core.$ZodCheck<z.core.util.HasLength>[] {
  const when = ({ value }: z.core.ParsePayload): boolean => hasType(value);
  const longest = new z.core.$ZodCheckMaxLength({ check: 'max_length', maximum: max, when });
  if (min === 0) return [longest];
  return [new z.core.$ZodCheckMinLength({ check: 'min_length', minimum: min, when }), longest];
}
