import { useEffect, useRef, useState } from 'react';
import { setTitle } from '../../document/commands/settingsCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import styles from './TopBar.module.css';

/**
 * The title, edited in place: it counts as it is typed, as in the inspector, so that a page that ends meanwhile has it. Enter and
 * leaving the field end the step, Escape takes it back.
 */
export function DocumentTitle() {
  const store = useEditorStore();
  const title = useEditor(({ document }) => document.title);
  const readOnly = useEditor((state) => state.readOnly);
  // What is typed, where it is not the title: a blank at its end, nothing at all.
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const typed = draft?.trim();
  const shown = typed === '' || typed === title ? (draft ?? title) : title;

  useEffect(() => {
    window.document.title = `${title || 'Untitled'} · Basin`;
  }, [title]);

  const type = (text: string): void => {
    before.current ??= title;
    setDraft(text);
    if (text.trim() !== '') store.edit(setTitle(text.trim()));
  };

  const finish = (keep: boolean): void => {
    if (!keep && before.current !== null) store.edit(setTitle(before.current));
    before.current = null;
    store.endGesture();
    setDraft(null);
  };

  return (
    <span className={styles.titleBox} data-value={shown}>
      <input
        ref={input}
        className={styles.title}
        aria-label="Title of the document"
        value={shown}
        maxLength={DOCUMENT_LIMITS.label}
        readOnly={readOnly}
        spellCheck={false}
        size={1}
        onChange={(event) => type(event.target.value)}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') input.current?.blur();
          if (event.key !== 'Escape') return;
          finish(false);
          // After the old title is back.
          setTimeout(() => input.current?.blur(), 0);
        }}
      />
    </span>
  );
}
