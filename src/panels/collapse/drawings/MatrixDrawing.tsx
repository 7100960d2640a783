import type { ReadToken } from '../../charts/themeColours';
import { CellsFigure } from './CellsFigure';
import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';

/** Numbers from −1 to 1 as cells: blue and red by their sign, pale towards 0. */
export function MatrixDrawing({
  value: { dimensions, values },
  size,
  label,
}: DrawingProps<'matrix'>) {
  const count = Math.max(1, dimensions.length);
  const paint = (context: CanvasRenderingContext2D, token: ReadToken): void => {
    const [negative, positive] = [token('--category-energy'), token('--category-data')];
    values.forEach((one, index) => {
      context.fillStyle = one < 0 ? negative : positive;
      context.globalAlpha = Math.min(1, Math.abs(one));
      context.fillRect(index % count, Math.floor(index / count), 1, 1);
    });
  };
  return (
    <CellsFigure columns={count} rows={count} size={size} label={label} paint={paint}>
      <span className={styles.legend}>
        <i data-sign="negative" /> −1 <i data-sign="zero" /> 0 <i data-sign="positive" /> 1
      </span>
    </CellsFigure>
  );
}
