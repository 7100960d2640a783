import { isComposing } from './keys';

/**
 * Keeps keys that go to an input method from every handler of the page, those of libraries too: the Enter that ends a word is
 * none that adds a node or closes a dialog. To be called before anything else listens. Returns how to stop.
 */
export function muteComposing(target: Window): () => void {
  const mute = (event: KeyboardEvent): void => {
    if (isComposing(event)) event.stopImmediatePropagation();
  };
  target.addEventListener('keydown', mute, { capture: true });
  return () => target.removeEventListener('keydown', mute, { capture: true });
}
