import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Position } from '../../../document/schema';
import { snap } from '../../commands/addNode';
import { moveBend, removeBend } from '../../commands/bendEdge';
import { selectionOf } from '../../store/selection';
import { useEditor, useEditorStore } from '../../store/useEditor';
import styles from './GraphEdge.module.css';

/** A bend on its way. */
export interface HeldBend {
  readonly index: number;
  readonly place: Position;
}

interface BendHandlesProps {
  readonly edgeId: string;
  readonly bends: readonly Position[];
  /** Draws the edge through the bend where it is now; null when it was let go. */
  onHold(held: HeldBend | null): void;
}

/** Pixels that a finger or pointer may move while it only presses. */
const STILL = 3;

/** The bends of an edge, to be dragged; a double-click takes one away. Escape puts it back. */
export function BendHandles({ edgeId, bends, onHold }: BendHandlesProps) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  if (readOnly) return null;

  const press = (event: React.PointerEvent, index: number): void => {
    if (event.button !== 0) return;
    // The canvas would pan.
    event.stopPropagation();
    store.select(selectionOf({ edges: [edgeId] }));
    const start = { x: event.clientX, y: event.clientY };
    let held: HeldBend | null = null;
    const move = ({ clientX, clientY, pointerId }: PointerEvent): void => {
      if (pointerId !== event.pointerId) return;
      if (held === null && Math.hypot(clientX - start.x, clientY - start.y) < STILL) return;
      const at = flow.screenToFlowPosition({ x: clientX, y: clientY });
      held = { index, place: { x: snap(at.x), y: snap(at.y) } };
      onHold(held);
    };
    const end = (): void => {
      stop.current?.();
      onHold(null);
    };
    const drop = ({ pointerId }: PointerEvent): void => {
      if (pointerId !== event.pointerId) return;
      if (held !== null) moveBend(store, edgeId, index, held.place);
      end();
    };
    const key = (pressed: KeyboardEvent): void => {
      if (pressed.key !== 'Escape') return;
      pressed.preventDefault();
      end();
    };
    stop.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key, { capture: true });
      stop.current = null;
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key, { capture: true });
  };

  return bends.map(({ x, y }, index) => (
    <g
      // In the order in which the edge goes through them: there is nothing else to tell them apart.
      key={index}
      className={`${styles.bend} nopan nodrag`}
      data-testid={`bend:${edgeId}.${index}`}
      onPointerDown={(event) => press(event, index)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        removeBend(store, edgeId, index);
      }}
    >
      <circle cx={x} cy={y} r={12} className={styles.bendTarget} />
      <circle cx={x} cy={y} r={4} className={styles.bendMark} />
    </g>
  ));
}
