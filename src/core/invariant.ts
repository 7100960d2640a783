/**
 * Throws when an internal assumption is broken. User faults are `Diagnostic` values, never this. A message that takes
 * work to write is given as a function: checks are many and seldom fail.
 */
export function invariant(condition: unknown, message: string | (() => string)): asserts condition {
  if (condition) return;
  throw new Error(`Invariant broken: ${typeof message === 'string' ? message : message()}`);
}

/** Returns `value`, or throws when it is absent where the code's own logic says it cannot be. */
export function defined<T>(value: T | null | undefined, what: string): T {
  invariant(value !== null && value !== undefined, `${what} is missing`);
  return value;
}

/** For exhaustive switches: reaching it is a type error, and at run time a broken invariant. */
export function unreachable(value: never): never {
  throw new Error(`Invariant broken: unexpected ${JSON.stringify(value)}`);
}
