import { useCallback, useEffect } from 'react';
import { selectionOf } from '../../store/selection';
import { useEditor, useEditorStore } from '../../store/useEditor';
import { isTextField } from '../../shortcuts/isTextField';
import { KEYBOARD_HOME } from './useKeyboardHome';

/**
 * Keyboard and selection go together: what Tab reaches is selected, and what an edit selects (a pasted node) gets the
 * keyboard, unless it is in use elsewhere.
 */
export function useFocus() {
  const store = useEditorStore();
  const selection = useEditor((state) => state.selection);

  useEffect(() => {
    const [id, ...more] = [...selection.nodes, ...selection.groups];
    if (id === undefined || more.length > 0) return;
    if (!isKeyboardFree()) return;
    // A node that was just added is drawn with the next frame. By then something may have taken the keyboard: a
    // double-click selects a node and goes on to the inspector at once.
    const frame = requestAnimationFrame(() => {
      if (!isKeyboardFree()) return;
      const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
      if (element !== document.activeElement) element?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [selection]);

  return useCallback(
    ({ target }: React.FocusEvent) => {
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
      const id = target.getAttribute('data-id');
      if (id === null) return;
      const { selection: old } = store.getState();
      if (old.nodes.has(id) || old.edges.has(id) || old.groups.has(id)) return;
      if (target.matches('.react-flow__node-graph')) store.select(selectionOf({ nodes: [id] }));
      else if (target.matches(':is(.react-flow__node-frame, .react-flow__node-box)'))
        store.select(selectionOf({ groups: [id] }));
      else if (target.matches('.react-flow__edge')) store.select(selectionOf({ edges: [id] }));
    },
    [store],
  );
}

/** Nobody has the keyboard, or the canvas or a node has, but not a label that is typed on one. */
function isKeyboardFree(): boolean {
  const active = document.activeElement;
  return (
    active === null ||
    active === document.body ||
    active.matches(KEYBOARD_HOME) ||
    (active.closest('.react-flow__nodes') !== null && !isTextField(active))
  );
}
