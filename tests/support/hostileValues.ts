/** JSON values that have no number or text to be converted to: whoever converts one before looking at its type throws. */
const UNCONVERTIBLE = { toString: 1, valueOf: 2 };

/** JSON values that nobody expects anywhere. Each may stand in for any part of a document or a file's header. */
export const HOSTILE_VALUES: readonly unknown[] = [
  UNCONVERTIBLE,
  [UNCONVERTIBLE],
  { length: UNCONVERTIBLE },
  { length: UNCONVERTIBLE, size: UNCONVERTIBLE, 0: 'a' },
  { size: UNCONVERTIBLE },
  { length: 1e9 },
  { length: -1 },
  { length: null, constructor: null, then: 1, toJSON: 1 },
  JSON.parse('{"__proto__": {"length": 1}, "hasOwnProperty": 1}'),
  [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]],
  '\ud800',
  -0,
  1e308,
  null,
];

type Path = readonly (string | number)[];

/** Where something stands in a JSON value, itself (the empty path) included. */
export function placesOf(json: unknown, path: Path = []): Path[] {
  const below =
    typeof json === 'object' && json !== null
      ? Object.entries(json).flatMap(([key, value]) => placesOf(value, [...path, key]))
      : [];
  return [path, ...below];
}

/** The JSON value with another at one place. */
export function replaced(json: unknown, [head, ...rest]: Path, value: unknown): unknown {
  if (head === undefined) return value;
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<
    string | number,
    unknown
  >;
  copy[head] = replaced(copy[head], rest, value);
  return copy;
}
