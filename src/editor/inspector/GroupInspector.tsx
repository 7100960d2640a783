import { Trash2, Ungroup } from 'lucide-react';
import { setGroupLabel } from '../../document/commands/groupCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import type { DocumentGroup } from '../../document/schema';
import { ungroupSelection } from '../commands/arrange';
import { TextField } from '../fields/TextField';
import { plural } from '../../core/formatNumber';
import { removeSelection } from '../../document/commands/selectionCommands';
import { useEditor, useEditorStore } from '../store/useEditor';
import { IconButton } from '../ui/IconButton';
import styles from './Inspector.module.css';

export function GroupInspector({ group }: { group: DocumentGroup }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const members = useEditor((state) =>
    state.document.nodes.filter((node) => node.group === group.id).map(({ id }) => id),
  );
  return (
    <header className={styles.head}>
      <div className={styles.kind}>
        <span className={styles.kindTitle}>
          Group<span className={styles.category}> · {plural(members.length, 'node')}</span>
        </span>
        {!readOnly && (
          <span className={styles.actions}>
            <IconButton label="Ungroup" keys="Ctrl Shift G" onClick={() => ungroupSelection(store)}>
              <Ungroup size={14} aria-hidden />
            </IconButton>
            <IconButton
              label="Delete the group and its nodes"
              onClick={() => store.edit(removeSelection({ nodes: members, groups: [group.id] }))}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      <TextField
        id="group-label"
        label="Label of the group"
        value={group.label}
        longest={DOCUMENT_LIMITS.label}
        disabled={readOnly}
        onChange={(label) => store.edit(setGroupLabel(group.id, label))}
        onCommit={store.endGesture}
      />
    </header>
  );
}
