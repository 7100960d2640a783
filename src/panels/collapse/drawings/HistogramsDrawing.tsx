import { formatNumber } from '../../../core/formatNumber';
import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';
import { useCellPainting } from './useCellPainting';

/** One line a dimension, from the least value to the greatest: the darker, the more rows are there. */
export function HistogramsDrawing({ value, size, label }: DrawingProps<'histograms'>) {
  const { dimensions, low, high, counts } = value;
  const rows = Math.max(1, dimensions.length);
  const bins = Math.max(1, counts.length / rows);
  const canvas = useCellPainting(bins, rows, (context, token) => {
    context.fillStyle = token('--category-module');
    for (let row = 0; row < rows; row++) {
      const line = counts.slice(row * bins, (row + 1) * bins);
      const most = Math.max(1, ...line);
      line.forEach((count, bin) => {
        context.globalAlpha = count / most;
        context.fillRect(bin, row, 1, 1);
      });
    }
  });
  return (
    <figure className={styles.pairs}>
      <canvas
        ref={canvas}
        className={styles.cells}
        data-size={size}
        width={bins}
        height={rows}
        role="img"
        aria-label={label}
      />
      {size === 'large' && (
        <figcaption className={styles.range}>
          <span>{formatNumber(low)}</span>
          <span>{formatNumber(high)}</span>
        </figcaption>
      )}
    </figure>
  );
}
