import { useEffect } from 'react';

/** What has the keyboard when nothing else has: keys and the next Tab start from the graph then, never from nowhere. */
export const KEYBOARD_HOME = '.react-flow';

/** When to look, in milliseconds: at once, after what closes has faded, and after what had to be fetched. */
const LOOKS = [0, 250, 1000];

const PRESSED = 'button, a, input, select, [role]';

/**
 * Where the element that has the keyboard goes away (a node is deleted, a dialog closes that no button opened), the keyboard
 * comes to what is selected, else to the canvas. A click beside everything that can have it is left alone: there arrows
 * scroll.
 */
export function useKeyboardHome(): void {
  useEffect(() => {
    let byPointer = false;
    let timers: number[] = [];
    const stop = (): void => timers.forEach((timer) => window.clearTimeout(timer));
    const look = (): void => {
      stop();
      timers = LOOKS.map((wait) => window.setTimeout(bringHome, wait));
    };
    const down = (): void => {
      byPointer = true;
    };
    const key = (): void => {
      byPointer = false;
      look();
    };
    const click = ({ target }: MouseEvent): void => {
      byPointer = false;
      if (target instanceof Element && target.closest(PRESSED) !== null) look();
    };
    const out = (): void => {
      if (!byPointer) look();
    };
    window.addEventListener('pointerdown', down, { capture: true });
    window.addEventListener('keydown', key, { capture: true });
    window.addEventListener('click', click, { capture: true });
    window.addEventListener('focusout', out);
    return () => {
      stop();
      window.removeEventListener('pointerdown', down, { capture: true });
      window.removeEventListener('keydown', key, { capture: true });
      window.removeEventListener('click', click, { capture: true });
      window.removeEventListener('focusout', out);
    };
  }, []);
}

function bringHome(): void {
  const { activeElement, body } = document;
  if ((activeElement !== null && activeElement !== body) || !document.hasFocus()) return;
  // What is marked is about to be copied.
  if (window.getSelection()?.isCollapsed === false) return;
  const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"][data-state="open"]');
  const home =
    [...dialogs].at(-1) ??
    document.querySelector<HTMLElement>(
      ':is(.react-flow__node, .react-flow__edge).selected[data-id]',
    ) ??
    document.querySelector<HTMLElement>(KEYBOARD_HOME);
  home?.focus({ preventScroll: true });
}
