import type { ConnectionLineComponentProps } from '@xyflow/react';
import { getBezierPath, Position, useReactFlow } from '@xyflow/react';
import { innerHandle, portOfHandle } from '../../model/boxHandle';
import { drawnAs } from '../../model/buildViews';
import { useUi } from '../../store/uiStore';
import type { LooseEnd } from '../../store/uiStore';
import { useViews } from '../../store/ViewsContext';
import styles from '../Canvas.module.css';
import type { FlowNode } from '../flow/flowTypes';

/** A link on its way, from the end that stays to the pointer. */
export function LinkLine(props: ConnectionLineComponentProps<FlowNode>) {
  const linking = useUi((state) => state.linking);
  const views = useViews();
  const placeOf = usePortPlace();
  // Given up.
  if (linking === null) return null;
  const { end, fits, moving } = linking;
  const held = props.fromHandle.type === 'source' ? 'output' : 'input';
  // Pulled off an input, the link hangs on the output that it comes from.
  const origin = held === end.direction ? null : placeOf(end);
  const { toHandle } = props;
  const over = toHandle && portOfHandle(views.boxes, toHandle.nodeId, toHandle.id ?? '');
  const side = toHandle?.type === 'source' ? 'output' : 'input';
  const status =
    origin === null || over === null
      ? props.connectionStatus
      : fits.has(`${side}:${over.nodeId}.${over.port}`)
        ? 'valid'
        : 'invalid';
  const [path] = getBezierPath({
    sourceX: origin?.x ?? props.fromX,
    sourceY: origin?.y ?? props.fromY,
    sourcePosition: origin ? Position.Right : props.fromPosition,
    targetX: props.toX,
    targetY: props.toY,
    targetPosition: origin ? Position.Left : props.toPosition,
  });
  return (
    <path
      d={path}
      className={styles.link}
      data-status={status ?? 'open'}
      data-moving={moving !== null}
    />
  );
}

/** Where a port is drawn, be it on the box of a collapsed group. */
function usePortPlace() {
  const flow = useReactFlow();
  const views = useViews();
  return ({ nodeId, port, direction }: LooseEnd): { x: number; y: number } | null => {
    const item = drawnAs(views, nodeId);
    const node = flow.getInternalNode(item)?.internals;
    const id = item === nodeId ? port : innerHandle(nodeId, port);
    const handles = node?.handleBounds?.[direction === 'output' ? 'source' : 'target'];
    const handle = handles?.find((one) => one.id === id);
    if (!node || !handle) return null;
    const { x, y } = node.positionAbsolute;
    return { x: x + handle.x + handle.width / 2, y: y + handle.y + handle.height / 2 };
  };
}
