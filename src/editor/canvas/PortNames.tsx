import type { NodeView } from '../model/nodeView';
import styles from './Port.module.css';

const GAP = 11;

/** Names beside the ports of nodes that have several on a side. Circles have theirs outside. */
export function PortNames({ view }: { view: NodeView }) {
  if (!view.geometry.namedPorts) return null;
  return view.ports
    .filter(({ side }) => side === 'left' || side === 'right')
    .map((port) => {
      const x = port.side === 'left' ? port.x + GAP : port.x - GAP;
      return (
        <span
          key={`${port.direction}${port.name}`}
          className={styles.name}
          data-side={port.side}
          style={{ left: x, top: port.y }}
          aria-hidden
        >
          {port.name}
        </span>
      );
    });
}
