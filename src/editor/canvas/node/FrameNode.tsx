import type { NodeProps } from '@xyflow/react';
import { NodeResizer } from '@xyflow/react';
import { memo } from 'react';
import { resizeItem } from '../../../document/commands/layoutCommands';
import { useEditorStore } from '../../store/useEditor';
import styles from './FrameNode.module.css';
import type { FrameFlowNode } from '../flow/flowTypes';

/** A group: a frame behind its nodes that moves them along. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FrameFlowNode>) {
  const store = useEditorStore();
  return (
    <div className={styles.frame}>
      <NodeResizer
        isVisible={selected && !store.getState().readOnly}
        minWidth={80}
        minHeight={64}
        onResizeEnd={(_, { x, y, width, height }) => {
          store.edit(resizeItem(id, { width, height }, { x, y }));
          store.endGesture();
        }}
      />
      <span className={styles.label}>{data.label}</span>
    </div>
  );
});
