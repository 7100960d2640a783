/** Calls when the page may go and not come back: a hidden one can be ended without a word. */
export function onPageLeft(call: () => void): void {
  const leave = (): void => {
    leaveField();
    call();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
  window.addEventListener('pagehide', leave);
}

/**
 * Who leaves the page leaves the field that is being typed in, of which browsers tell nobody when the page is closed or loaded again.
 * It keeps the focus, for those who come back.
 */
function leaveField(): void {
  document.activeElement?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
