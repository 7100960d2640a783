import { formatNumber } from '../../../core/formatNumber';
import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';

const SIZES = { small: [96, 18], large: [180, 112] } as const;

/** One bar a number, against the highest. */
export function BarsDrawing({ value, size, label }: DrawingProps<'bars'>) {
  const [width, height] = SIZES[size];
  const highest = Math.max(0, ...value);
  const step = width / Math.max(1, value.length);
  return (
    <figure className={styles.pairs}>
      <svg className={styles.drawing} width={width} height={height} role="img" aria-label={label}>
        <line className={styles.grid} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        {value.map((one, index) => {
          const tall = highest > 0 ? (Math.max(0, one) / highest) * (height - 2) : 0;
          return (
            <rect
              key={index}
              className={styles.bar}
              x={index * step + step * 0.1}
              y={height - 1 - tall}
              width={step * 0.8}
              height={tall}
            />
          );
        })}
      </svg>
      {size === 'large' && (
        <figcaption className={styles.range} style={{ width }}>
          <span>{value.length} bars</span>
          <span>highest {formatNumber(highest)}</span>
        </figcaption>
      )}
    </figure>
  );
}
