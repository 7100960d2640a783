import { NodePictureView } from '../../pictures/NodePictureView';
import { PICTURE_PADDING } from '../../model/nodeGeometry';
import type { NodeView } from '../../model/nodeView';
import styles from './GraphNode.module.css';

/** What hangs below a node: its picture, where it has one. */
export function NodeTray({ view: { id, label, picture, geometry } }: { view: NodeView }) {
  const { picture: place } = geometry;
  if (picture === null || place === null) return null;
  const { x, y, width, height } = place;
  return (
    <div className={styles.tray} style={{ marginLeft: x, marginTop: y, width, height }}>
      <NodePictureView
        nodeId={id}
        label={label}
        picture={picture}
        width={width - 2 * PICTURE_PADDING}
        size="node"
      />
    </div>
  );
}
