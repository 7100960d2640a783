import { memo } from 'react';
import { formatNumber } from '../../../core/formatNumber';
import { useOverlay } from '../../store/useEditor';
import styles from './GraphNode.module.css';

/** The latest value of an energy or a term, with a small curve of where it came from. */
export const LiveValue = memo(function LiveValue({ nodeId }: { nodeId: string }) {
  const overlay = useOverlay(nodeId);
  if (overlay?.value === undefined) return null;
  return (
    <span className={styles.live} data-tip={overlay.note}>
      {overlay.trace && overlay.trace.length > 1 && <Trace values={overlay.trace} />}
      <output className={styles.value} aria-live="off">
        {formatNumber(overlay.value)}
      </output>
    </span>
  );
});

const WIDTH = 36;
const HEIGHT = 14;

function Trace({ values }: { values: readonly number[] }) {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(...finite);
  const span = Math.max(...finite) - least || 1;
  const points = finite
    .map((value, index) => {
      const x = (index / Math.max(1, finite.length - 1)) * WIDTH;
      return `${x.toFixed(1)},${(HEIGHT - 1 - ((value - least) / span) * (HEIGHT - 2)).toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg
      className={styles.trace}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      width={WIDTH}
      height={HEIGHT}
      aria-hidden
    >
      <polyline points={points} />
    </svg>
  );
}
