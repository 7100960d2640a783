/** What of a keyboard event decides which shortcut it is. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>;

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  Escape: 'Esc',
  ContextMenu: 'Menu',
};

/** Characters that already are what Shift makes of another key. */
const SHIFTED = /^[^\p{L}\p{M}\p{N}]$/u;

/** Letters, vowel signs and digits of other scripts: no shortcut is printed so. */
const FOREIGN = /^(?![\p{Script=Latin}0-9])[\p{L}\p{M}\p{N}]/u;

/** What is printed, on a keyboard for English, on the keys that give letters on others. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  Period: '.',
  Comma: ',',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
};

/**
 * A key press in the notation of `Command.keys`: `Mod+Shift+Z`, `?`, `Shift+Left`. What is printed on the key counts, wherever
 * it is; the place of the key only where its letter is of another script, as in Cyrillic or Greek.
 */
export function pressName(press: KeyPress): string {
  const printed = FOREIGN.test(press.key) ? latinOf(press) : press.key;
  const key = NAMES[printed] ?? (printed.length === 1 ? printed.toUpperCase() : printed);
  const parts = [
    press.ctrlKey || press.metaKey ? 'Mod' : null,
    press.altKey ? 'Alt' : null,
    press.shiftKey && !SHIFTED.test(press.key) ? 'Shift' : null,
    key,
  ];
  return parts.filter((part) => part !== null).join('+');
}

/** `KeyZ` is Z, `Digit1` is 1, `Period` is a full stop. */
function latinOf({ code, key }: KeyPress): string {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? PUNCTUATION[code] ?? key;
}

/** Whether a key goes to an input method, such as the Enter that ends a word in Japanese. Safari says it by 229 alone. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229;
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
