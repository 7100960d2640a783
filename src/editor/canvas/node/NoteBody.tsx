import { NodeResizer } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { resizeItem } from '../../../document/commands/layoutCommands';
import type { NodeView } from '../../model/nodeView';
import { useEditorStore } from '../../store/useEditor';
import styles from './GraphNode.module.css';

const NoteText = lazy(async () => {
  const note = await import('./NoteText');
  return { default: note.NoteText };
});

/** A note: Markdown on paper. */
export function NoteBody({ view, selected }: { view: NodeView; selected: boolean }) {
  const store = useEditorStore();
  return (
    <>
      <NodeResizer
        isVisible={selected && !store.getState().readOnly}
        minWidth={120}
        minHeight={56}
        onResizeEnd={(_, { x, y, width, height }) => {
          store.edit(resizeItem(view.id, { width, height }, { x, y }));
          store.endGesture();
        }}
      />
      <div className={styles.note}>
        {view.text ? (
          <Suspense fallback={view.text}>
            <NoteText text={view.text} />
          </Suspense>
        ) : (
          <span className={styles.placeholder}>Empty note: write in the inspector.</span>
        )}
      </div>
    </>
  );
}
