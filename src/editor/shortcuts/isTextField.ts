const TYPING = new Set(['text', 'search', 'number', 'email', 'url', 'password', 'tel']);

/** Whether an element takes letters and has an undo of its own. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && TYPING.has(target.type);
}

const PRESSED = 'button, a[href], summary, [role="button"], [role="switch"], [role="tab"]';
const MOVED =
  'select, input, [role="slider"], [role="tab"], [role="menu"], [role="listbox"], [role="combobox"], [role="separator"], [role="toolbar"]';

/** Whether a key belongs to the element that has the keyboard: Enter to a button, arrows to a slider. */
export function usesKey(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (name === 'Enter' || name === 'Space') return target.closest(`${PRESSED}, ${MOVED}`) !== null;
  return /^(Shift\+)?(Up|Down|Left|Right)$/.test(name) && target.closest(MOVED) !== null;
}
