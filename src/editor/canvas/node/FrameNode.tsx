import type { NodeProps } from '@xyflow/react';
import { NodeResizer } from '@xyflow/react';
import { Minimize2 } from 'lucide-react';
import { memo } from 'react';
import { resizeItem } from '../../../document/commands/layoutCommands';
import { collapseGroups } from '../../commands/collapse';
import { useEditor, useEditorStore } from '../../store/useEditor';
import { IconButton } from '../../ui/IconButton';
import styles from './FrameNode.module.css';
import { RenameField } from './RenameField';
import type { FrameFlowNode } from '../flow/flowTypes';

/** A group: a frame behind its nodes that moves them along. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FrameFlowNode>) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <div className={styles.frame} data-color={data.color ?? 'none'}>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={80}
        minHeight={64}
        onResizeEnd={(_, { x, y, width, height }) => {
          store.edit(resizeItem(id, { width, height }, { x, y }));
          store.endGesture();
        }}
      />
      <div className={styles.head}>
        <span className={styles.label} data-label>
          {data.label}
        </span>
        {!readOnly && (
          <IconButton
            // The group itself has the keyboard, and a key for this.
            tabIndex={-1}
            size="small"
            className="nodrag"
            label={`Collapse ${data.label}`}
            data-tip="Collapse to one box (E)"
            onClick={() => collapseGroups(store, [id])}
          >
            <Minimize2 size={13} aria-hidden />
          </IconButton>
        )}
      </div>
      <RenameField id={id} label={data.label} />
    </div>
  );
});
