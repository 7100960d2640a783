import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import type { PortPlace, Side } from '../../model/nodeGeometry';
import type { PortView } from '../../model/nodeView';
import { useEditor } from '../../store/useEditor';
import { useUi } from '../../store/uiStore';
import type { UiState } from '../../store/uiStore';
import styles from './Port.module.css';
import { PortMark } from './PortMark';

const POSITIONS: Readonly<Record<Side, Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

/** While a link is drawn: whether it may end here. */
function linkState(
  { linking }: UiState,
  nodeId: string,
  { name, direction }: PortView,
): 'fits' | 'faded' | 'start' | 'idle' {
  if (linking === null) return 'idle';
  const { end, fits } = linking;
  if (end.nodeId === nodeId && end.port === name && end.direction === direction) return 'start';
  return fits.has(`${direction}:${nodeId}.${name}`) ? 'fits' : 'faded';
}

export function portTip({ name, type, shape, help, optional, remark }: PortView): string {
  const head = [name, type === 'tensor' ? (shape ?? 'tensor') : type, optional ? 'optional' : null]
    .filter((part) => part !== null)
    .join(' · ');
  return [head, help, remark?.message].filter((line) => line !== undefined).join('\n');
}

interface PortProps {
  readonly nodeId: string;
  readonly port: PortView;
  /** On the box of a collapsed group: the handle that stands for it, where it is, and whose port it is. */
  readonly onBox?: { readonly handle: string; readonly place: PortPlace; readonly title: string };
}

export const Port = memo(function Port({ nodeId, port, onBox }: PortProps) {
  const link = useUi((state) => linkState(state, nodeId, port));
  const readOnly = useEditor((state) => state.readOnly);
  const name = `${port.direction === 'input' ? 'Input' : 'Output'} ${port.name}`;
  const { side, x, y } = onBox?.place ?? port;
  return (
    <Handle
      id={onBox?.handle ?? port.name}
      type={port.direction === 'input' ? 'target' : 'source'}
      position={POSITIONS[side]}
      className={styles.port}
      style={{ left: x, top: y }}
      isConnectable={!readOnly}
      data-link={link}
      data-quiet={port.type === 'weights' && !port.connected}
      data-fault={port.remark?.severity === 'error'}
      data-tip={onBox ? `${onBox.title}\n${portTip(port)}` : portTip(port)}
      data-testid={`${port.direction}:${nodeId}.${port.name}`}
      role="img"
      aria-label={onBox ? `${name} of ${onBox.title}` : name}
    >
      <PortMark type={port.type} filled={port.connected} />
    </Handle>
  );
});
