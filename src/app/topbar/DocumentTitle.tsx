import { useEffect, useRef, useState } from 'react';
import { setTitle } from '../../document/commands/settingsCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import styles from './TopBar.module.css';

/** The title, edited in place: Enter or leaving it keeps the change, Escape takes it back. */
export function DocumentTitle() {
  const store = useEditorStore();
  const title = useEditor(({ document }) => document.title);
  const readOnly = useEditor((state) => state.readOnly);
  const [draft, setDraft] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    window.document.title = `${title || 'Untitled'} · Basin`;
  }, [title]);

  const finish = (keep: boolean): void => {
    if (keep && draft !== null && draft.trim() !== '' && draft !== title) {
      store.edit(setTitle(draft.trim()));
      store.endGesture();
    }
    setDraft(null);
  };

  return (
    <span className={styles.titleBox} data-value={draft ?? title}>
      <input
        ref={input}
        className={styles.title}
        aria-label="Title of the document"
        value={draft ?? title}
        maxLength={DOCUMENT_LIMITS.label}
        readOnly={readOnly}
        spellCheck={false}
        size={1}
        onChange={(event) => setDraft(event.target.value)}
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
