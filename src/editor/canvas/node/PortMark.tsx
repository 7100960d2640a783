import type { PortType } from '../../../graph/ports';
import styles from './Port.module.css';

/** Half the extent of the drawing: room for the outline. */
const R = 6;

const PATHS: Readonly<Record<PortType, string>> = {
  tensor: 'M-4.25 0a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0 -8.5 0Z',
  energy: 'M-4 -4H4V4H-4Z',
  loss: 'M0 -5.2L5.2 0L0 5.2L-5.2 0Z',
  weights: 'M-5 -3.6H5L0 4.8Z',
  negative: 'M-4.9 0L-2.45 -4.3H2.45L4.9 0L2.45 4.3H-2.45Z',
};

/** ● tensor, ■ energy, ◆ loss, ▽ weights, ⬡ negatives: filled once connected. */
export function PortMark({ type, filled }: { type: PortType; filled: boolean }) {
  return (
    <svg
      className={styles.mark}
      data-port-type={type}
      data-filled={filled}
      viewBox={`${-R} ${-R} ${2 * R} ${2 * R}`}
      width={2 * R}
      height={2 * R}
      aria-hidden
    >
      <path d={PATHS[type]} />
    </svg>
  );
}
