import { Group, Slash, Trash2 } from 'lucide-react';
import { bypassSelection, groupSelection } from '../commands/arrange';
import { deleteSelection } from '../commands/clipboard';
import { selectionTitle } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import styles from './Inspector.module.css';
import { MemberList } from './MemberList';
import { Section } from './Section';
import { SharedParameters } from './SharedParameters';
import { DuplicateButton, SaveBlockButton } from './SelectionButtons';

/** Several things at once: what they are, and what can be done with all of them. */
export function SelectionInspector() {
  const store = useEditorStore();
  const views = useViews();
  const selection = useEditor((state) => state.selection);
  const readOnly = useEditor((state) => state.readOnly);
  const nodes = useEditor(({ document }) => document.nodes).filter(({ id }) =>
    selection.nodes.has(id),
  );
  const title = selectionTitle(selection);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kind}>
          <span className={styles.kindTitle}>{title}</span>
          {!readOnly && (
            <span className={styles.actions}>
              <IconButton label="Group" keys="Ctrl G" onClick={() => groupSelection(store, views)}>
                <Group size={14} aria-hidden />
              </IconButton>
              <IconButton label="Bypass" keys="Ctrl B" onClick={() => bypassSelection(store)}>
                <Slash size={14} aria-hidden />
              </IconButton>
              <DuplicateButton />
              <SaveBlockButton />
              <IconButton label="Delete" keys="Delete" onClick={() => deleteSelection(store)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </span>
          )}
        </div>
      </header>
      {nodes.length > 1 && <SharedParameters nodes={nodes} />}
      <Section title="Nodes">
        <MemberList ids={[...selection.nodes]} />
      </Section>
    </>
  );
}
