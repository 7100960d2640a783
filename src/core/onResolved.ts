type Listener<T> = (value: T) => void;

/** Who listens to a promise. What a promise itself was given by `then` can never be taken back, so each is given one for all. */
const listenersOf = new WeakMap<Promise<unknown>, Set<Listener<never>>>();

/**
 * Calls a listener once a promise is resolved. A promise that stays open keeps what listens to it for as long as it lives, such
 * as the loss of a device that outlives many runs: what this returns calls the listener off, and leaves nothing of it behind.
 */
export function onResolved<T>(promise: Promise<T>, listener: Listener<T>): () => void {
  const known = listenersOf.get(promise) as Set<Listener<T>> | undefined;
  const listeners = known ?? listen(promise);
  // Of its own, so that a function that listens twice is two listeners.
  const own: Listener<T> = (value) => listener(value);
  listeners.add(own);
  return () => listeners.delete(own);
}

function listen<T>(promise: Promise<T>): Set<Listener<T>> {
  const listeners = new Set<Listener<T>>();
  listenersOf.set(promise, listeners);
  void promise.then((value) => {
    // Who comes from now on is told by another `then`.
    listenersOf.delete(promise);
    for (const listener of listeners) listener(value);
  });
  return listeners;
}
