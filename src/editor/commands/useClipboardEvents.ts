import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { isTextField } from '../shortcuts/isTextField';
import { useEditorStore } from '../store/useEditor';
import type { Point } from '../store/uiStore';
import { copySelection, cutSelection } from './clipboard';
import { pasteText } from './pasteText';

/** Copy, cut and paste through the browser's own events: no permission is asked, and text fields keep theirs. */
export function useClipboardEvents(pointer: () => Point): void {
  const store = useEditorStore();
  const flow = useReactFlow();
  useEffect(() => {
    const isOurs = (event: ClipboardEvent): boolean =>
      !isTextField(event.target) &&
      // Text that is marked elsewhere on the page is what the user means to copy.
      (event.type === 'paste' || window.getSelection()?.toString() === '') &&
      document.querySelector('[role="dialog"][data-state="open"]') === null;
    const give = (text: string | null, event: ClipboardEvent): void => {
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const copy = (event: ClipboardEvent): void => {
      if (isOurs(event)) give(copySelection(store), event);
    };
    const cut = (event: ClipboardEvent): void => {
      if (isOurs(event) && !store.getState().readOnly) give(cutSelection(store), event);
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isOurs(event) || store.getState().readOnly) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() === '') return;
      event.preventDefault();
      pasteText(store, text, flow.screenToFlowPosition(pointer()));
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', paste);
    };
  }, [flow, pointer, store]);
}
