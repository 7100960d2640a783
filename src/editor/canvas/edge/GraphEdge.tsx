import type { EdgeProps } from '@xyflow/react';
import { BaseEdge, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { useOverlayState } from '../../store/useEditor';
import styles from './GraphEdge.module.css';
import type { FlowEdge } from '../flow/flowTypes';

export const GraphEdge = memo(function GraphEdge({
  data,
  selected,
  sourceX,
  sourceY,
  sourcePosition,
  targetX,
  targetY,
  targetPosition,
}: EdgeProps<FlowEdge>) {
  const running = useOverlayState((state) => state.running);
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition,
  });
  if (data === undefined) return null;
  const { view, crowded } = data;
  return (
    <g
      data-edge-type={view.type}
      data-selected={selected === true}
      data-dimmed={view.dimmed}
      data-fault={view.remark?.severity === 'error'}
    >
      <BaseEdge path={path} className={styles.edge} interactionWidth={16} />
      {running && view.type !== 'weights' && !view.dimmed && (
        <path d={path} className={styles.pulse} />
      )}
      {view.shape !== null && !crowded && (
        <text x={labelX} y={labelY} className={styles.label}>
          {view.shape}
        </text>
      )}
    </g>
  );
});
