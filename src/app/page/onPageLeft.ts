/** Calls when the page may go and not come back: a hidden one can be ended without a word. */
export function onPageLeft(call: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') call();
  });
  window.addEventListener('pagehide', call);
}
