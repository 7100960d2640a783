import { useEffect, useRef } from 'react';
import type { Command } from '../commands/command';
import { isTextField, usesKey } from './isTextField';
import { pressName } from './keys';

/** Runs commands by their keys, unless a text field, a control or a dialog has a claim to them. */
export function useShortcuts(commands: readonly Command[], onRelease: () => void): void {
  const current = useRef(commands);
  useEffect(() => {
    current.current = commands;
  }, [commands]);

  // Holding an arrow key is one gesture; letting go ends it.
  useEffect(() => {
    const release = (event: KeyboardEvent): void => {
      if (event.key.startsWith('Arrow')) onRelease();
    };
    window.addEventListener('keyup', release);
    return () => window.removeEventListener('keyup', release);
  }, [onRelease]);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const name = pressName(event);
      const typing = isTextField(event.target);
      if (!typing && usesKey(event.target, name)) return;
      const command = current.current.find(({ keys }) => keys?.includes(name));
      if (command === undefined || command.byEvent === true) return;
      if (typing && command.inText !== true) return;
      // A dialog keeps what is behind it out of reach.
      if (document.querySelector('[role="dialog"][data-state="open"]') && !command.inText) return;
      event.preventDefault();
      // A held key repeats thirty times a second: one save, one run.
      if (event.repeat && command.repeats !== true) return;
      if (typing) takeOverTyped();
      if ((command.disabled?.() ?? null) === null) command.run();
    };
    // A menu button takes Enter for itself, with or without Ctrl: combinations are looked at before it.
    const listenEarly = (event: KeyboardEvent): void => {
      if (pressName(event).startsWith('Mod+')) listen(event);
    };
    window.addEventListener('keydown', listenEarly, { capture: true });
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listenEarly, { capture: true });
      window.removeEventListener('keydown', listen);
    };
  }, []);
}

/** What is being typed counts for the command: a field takes it over when it is left. */
function takeOverTyped(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement)) return;
  field.blur();
  field.focus({ preventScroll: true });
}
