const TYPING = new Set(['text', 'search', 'number', 'email', 'url', 'password', 'tel']);

/** Whether an element takes letters and has an undo of its own. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && TYPING.has(target.type);
}

/** Whether Enter, Space and the arrows belong to the element: a button, a slider, a menu. */
export function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, select, textarea, button, a[href], [role="slider"], [role="tab"], [role="menu"], [role="listbox"], [role="dialog"], [role="separator"]',
    ) !== null
  );
}
