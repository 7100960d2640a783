import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';
import { useCellPainting } from './useCellPainting';

/** Numbers from −1 to 1 as cells: blue and red by their sign, pale towards 0. */
export function MatrixDrawing({
  value: { dimensions, values },
  size,
  label,
}: DrawingProps<'matrix'>) {
  const count = Math.max(1, dimensions.length);
  const canvas = useCellPainting(count, count, (context, token) => {
    const [negative, positive] = [token('--category-energy'), token('--category-data')];
    values.forEach((one, index) => {
      context.fillStyle = one < 0 ? negative : positive;
      context.globalAlpha = Math.min(1, Math.abs(one));
      context.fillRect(index % count, Math.floor(index / count), 1, 1);
    });
  });
  return (
    <figure className={styles.pairs}>
      <canvas
        ref={canvas}
        className={styles.cells}
        data-size={size}
        width={count}
        height={count}
        role="img"
        aria-label={label}
      />
      {size === 'large' && (
        <figcaption className={styles.range}>
          <span className={styles.legend}>
            <i data-sign="negative" /> −1 <i data-sign="zero" /> 0 <i data-sign="positive" /> 1
          </span>
        </figcaption>
      )}
    </figure>
  );
}
