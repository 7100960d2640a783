import { formatNumber } from '../../../core/formatNumber';
import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';

const SIZES = { small: [104, 18], large: [240, 112] } as const;

/** Energies of true pairs, filled, and of others, as an outline, over one range. */
export function PairsDrawing({ value, size, label }: DrawingProps<'pairs'>) {
  const [width, height] = SIZES[size];
  const { low, high, data, shuffled } = value;
  return (
    <figure className={styles.pairs}>
      <svg className={styles.drawing} width={width} height={height} role="img" aria-label={label}>
        <line className={styles.grid} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        <path className={styles.truePairs} d={outline(data, width, height)} />
        {shuffled && <path className={styles.otherPairs} d={outline(shuffled, width, height)} />}
      </svg>
      {size === 'large' && (
        <figcaption className={styles.range} style={{ width }}>
          <span>{formatNumber(low)}</span>
          <span className={styles.legend}>
            <i data-pairs="true" /> <span>true</span> {shuffled && <i data-pairs="other" />}{' '}
            {shuffled && <span>others</span>}
          </span>
          <span>{formatNumber(high)}</span>
        </figcaption>
      )}
    </figure>
  );
}

/** Steps of a histogram from the ground to the ground, each against its own highest. */
function outline(counts: readonly number[], width: number, height: number): string {
  const highest = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const tops = counts.map((count, bin) => {
    const y = (height - 1 - (count / highest) * (height - 2)).toFixed(1);
    return `L${(bin * step).toFixed(1)},${y}L${((bin + 1) * step).toFixed(1)},${y}`;
  });
  return `M0,${height - 1}${tops.join('')}L${width},${height - 1}Z`;
}
