/**
 * Calls a listener once a promise is resolved. A promise that stays open keeps what listens to it for as long as it lives, such
 * as the loss of a device that outlives many runs: what this returns calls the listener off, and lets it go.
 */
export function onResolved<T>(promise: Promise<T>, listener: (value: T) => void): () => void {
  let listening: typeof listener | null = listener;
  void promise.then((value) => listening?.(value));
  return () => {
    listening = null;
  };
}
