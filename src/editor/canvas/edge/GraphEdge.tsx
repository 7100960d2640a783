import type { EdgeProps } from '@xyflow/react';
import { BaseEdge } from '@xyflow/react';
import { memo, useState } from 'react';
import { useOverlayState } from '../../store/useEditor';
import { useUi } from '../../store/uiStore';
import { BendHandles, type HeldBend } from './BendHandles';
import { edgePath } from './edgePath';
import styles from './GraphEdge.module.css';
import type { FlowEdge } from '../flow/flowTypes';

export const GraphEdge = memo(function GraphEdge({
  id,
  data,
  selected,
  ...ends
}: EdgeProps<FlowEdge>) {
  const running = useOverlayState((state) => state.running);
  const state = useUi(({ insertOn, linking }) =>
    insertOn === id ? 'taking' : linking?.moving === id ? 'moving' : 'idle',
  );
  const [held, setHeld] = useState<HeldBend | null>(null);
  if (data === undefined) return null;
  const { view, crowded } = data;
  const bends = held ? data.bends.with(held.index, held.place) : data.bends;
  const [path, labelX, labelY] = edgePath(ends, bends);
  return (
    <g
      data-edge-type={view.type}
      data-edge-state={state}
      data-selected={selected === true}
      data-dimmed={view.dimmed}
      data-fault={view.remark?.severity === 'error'}
    >
      <BaseEdge path={path} className={styles.edge} interactionWidth={16} />
      {running && view.type !== 'weights' && !view.dimmed && (
        <path d={path} className={styles.pulse} data-figure="none" />
      )}
      {view.shape !== null && !crowded && (
        <text x={labelX} y={labelY} className={styles.label}>
          {view.shape}
        </text>
      )}
      {bends.length > 0 && <BendHandles edgeId={id} bends={bends} onHold={setHeld} />}
    </g>
  );
});
