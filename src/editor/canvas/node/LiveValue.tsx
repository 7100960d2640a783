import { memo } from 'react';
import { formatNumber } from '../../../core/formatNumber';
import { useOverlay } from '../../store/useEditor';
import styles from './GraphNode.module.css';
import { Trace } from './Trace';

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
