import { isCircle } from '../../model/nodeOutline';
import type { NodeView } from '../../model/nodeView';
import styles from './Port.module.css';

const GAP = 11;
/** Names outside a circle stand above their edges. */
const RISE = 10;

/** Names beside the ports of a side that has several. */
export function PortNames({ view }: { view: NodeView }) {
  const outside = isCircle(view.outline);
  return view.ports
    .filter(({ side }) => view.geometry.namedSides.includes(side))
    .map(({ name, direction, side, x, y }) => {
      const rightwards = (side === 'left') !== outside;
      return (
        <span
          key={`${direction}${name}`}
          className={styles.name}
          data-outside={outside}
          data-align={rightwards ? 'start' : 'end'}
          style={{ left: rightwards ? x + GAP : x - GAP, top: outside ? y - RISE : y }}
          aria-hidden
        >
          {name}
        </span>
      );
    });
}
