/** What of a keyboard event decides which shortcut it is. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  Escape: 'Esc',
};

/** Characters that already are what Shift makes of another key. */
const SHIFTED = /^[^A-Za-z0-9]$/;

/** A key press in the notation of `Command.keys`: `Mod+Shift+Z`, `?`, `Shift+Left`. */
export function pressName(press: KeyPress): string {
  const key = NAMES[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const parts = [
    press.ctrlKey || press.metaKey ? 'Mod' : null,
    press.altKey ? 'Alt' : null,
    press.shiftKey && !SHIFTED.test(press.key) ? 'Shift' : null,
    key,
  ];
  return parts.filter((part) => part !== null).join('+');
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const SYMBOLS: Readonly<Record<string, string>> = {
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  ...(isMac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Backspace: '⌫', Delete: '⌦' }
    : { Mod: 'Ctrl' }),
};

/** The keys of a shortcut as they are printed on keys. */
export function keyCaps(shortcut: string): string[] {
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+');
  return parts.map((part) => SYMBOLS[part] ?? part);
}
