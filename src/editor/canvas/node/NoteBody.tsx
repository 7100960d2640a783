import { NodeResizer } from '@xyflow/react';
import Markdown from 'react-markdown';
import { resizeItem } from '../../../document/commands/layoutCommands';
import type { NodeView } from '../../model/nodeView';
import { useEditorStore } from '../../store/useEditor';
import { OutsideLink } from '../../ui/OutsideLink';
import styles from './GraphNode.module.css';

/** A note: Markdown on paper. Images are left out, so that a shared document cannot make the page call out. */
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
          <Markdown disallowedElements={['img']} components={{ a: NoteLink }}>
            {view.text}
          </Markdown>
        ) : (
          <span className={styles.placeholder}>Empty note: write in the inspector.</span>
        )}
      </div>
    </>
  );
}

function NoteLink({ href, children }: { href?: string; children?: React.ReactNode }) {
  return (
    <OutsideLink href={href} className="nodrag">
      {children}
    </OutsideLink>
  );
}
