const TICK_MS = 250;

/**
 * Calls back with the time since the last call, in milliseconds, as long as this thread is awake. Browsers hold back the timers of hidden
 * tabs, a laptop sleeps, and a thread that computes hears nothing: a tick that comes late counts as one, since nobody's silence
 * could be heard meanwhile. Returns how to end it.
 */
export function whileAwake(callback: (elapsedMs: number) => void): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const elapsed = Math.min(now - last, 2 * TICK_MS);
    last = now;
    callback(elapsed);
  }, TICK_MS);
  return () => clearInterval(timer);
}
