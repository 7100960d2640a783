import { useEffect, useRef } from 'react';
import type { Command } from '../commands/command';
import { isControl, isTextField } from './isTextField';
import { pressName } from './keys';

/** Keys that controls use themselves. */
const OF_CONTROLS = new Set([
  ...['Up', 'Down', 'Left', 'Right'].flatMap((key) => [key, `Shift+${key}`]),
  'Enter',
  'Space',
  'Delete',
  'Backspace',
]);

/** Runs commands by their keys, unless a text field, a control or a dialog has a claim to them. */
export function useShortcuts(commands: readonly Command[]): void {
  const current = useRef(commands);
  useEffect(() => {
    current.current = commands;
  }, [commands]);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = pressName(event);
      const typing = isTextField(event.target);
      if (!typing && OF_CONTROLS.has(name) && isControl(event.target)) return;
      const command = current.current.find(({ keys }) => keys?.includes(name));
      if (command === undefined || command.byEvent === true) return;
      if (typing && command.inText !== true) return;
      // A dialog keeps what is behind it out of reach.
      if (document.querySelector('[role="dialog"][data-state="open"]') && !command.inText) return;
      event.preventDefault();
      if ((command.disabled?.() ?? null) === null) command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
