/**
 * Resolves in a task of its own, so that messages that wait for this thread are handled first.
 *
 * Not `setTimeout`: browsers hold nested timers back by 4 ms, and in hidden tabs by a second.
 */
export function nextTask(): Promise<void> {
  // Node: an open MessagePort would keep the process alive.
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
