import { Copy, Group, Slash, Trash2 } from 'lucide-react';
import { bypassSelection, groupSelection } from '../commands/arrange';
import { deleteSelection, duplicateSelection } from '../commands/clipboard';
import { plural } from '../../core/formatNumber';
import { selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import styles from './Inspector.module.css';
import { Section } from './Section';

/** Several things at once: what they are, and what can be done with all of them. */
export function SelectionInspector() {
  const store = useEditorStore();
  const views = useViews();
  const selection = useEditor((state) => state.selection);
  const readOnly = useEditor((state) => state.readOnly);
  const counts = [
    [selection.nodes.size, 'node'],
    [selection.edges.size, 'edge'],
    [selection.groups.size, 'group'],
  ] as const;
  const title = counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => plural(count, name))
    .join(', ');
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
              <IconButton label="Duplicate" keys="Ctrl D" onClick={() => duplicateSelection(store)}>
                <Copy size={14} aria-hidden />
              </IconButton>
              <IconButton label="Delete" keys="Delete" onClick={() => deleteSelection(store)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </span>
          )}
        </div>
      </header>
      <Section title="Nodes">
        <ul className={styles.members}>
          {[...selection.nodes].map((id) => {
            const view = views.nodes.get(id);
            if (view === undefined) return null;
            return (
              <li key={id} data-category={view.category}>
                <span className={styles.dot} aria-hidden />
                <button
                  type="button"
                  className={styles.neighbour}
                  onClick={() => store.select(selectionOf({ nodes: [id] }))}
                >
                  {view.label}
                </button>
                <span className={styles.category}>{view.state}</span>
              </li>
            );
          })}
        </ul>
      </Section>
    </>
  );
}
