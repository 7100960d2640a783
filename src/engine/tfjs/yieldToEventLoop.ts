/**
 * Resolves after waiting messages and timers have had their turn. Neither a timer, which browsers clamp to
 * 4 ms, nor a microtask, which lets nothing else in.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
