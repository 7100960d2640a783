import { NodeResizer } from '@xyflow/react';
import { resizeItem } from '../../../document/commands/layoutCommands';
import type { NodeView } from '../../model/nodeView';
import { laterPart } from '../../ui/laterPart';
import { useEditorStore } from '../../store/useEditor';
import styles from './GraphNode.module.css';

const NoteText = laterPart(
  'The text of notes',
  async () => (await import('./NoteText')).NoteText,
  PlainText,
);

/** As it was written, which can be read too. */
function PlainText({ text }: { text: string }) {
  return text;
}

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
          <NoteText text={view.text} />
        ) : (
          <span className={styles.placeholder}>Empty note: write in the inspector.</span>
        )}
      </div>
    </>
  );
}
