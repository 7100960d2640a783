import { formatNumber } from '../../../core/formatNumber';
import type { ReadToken } from '../../charts/themeColours';
import { CellsFigure } from './CellsFigure';
import type { DrawingProps } from './drawing';

/** One line a dimension, from the least value to the greatest: the darker, the more rows are there. */
export function HistogramsDrawing({ value, size, label }: DrawingProps<'histograms'>) {
  const { dimensions, low, high, counts } = value;
  const rows = Math.max(1, dimensions.length);
  const bins = Math.max(1, counts.length / rows);
  const paint = (context: CanvasRenderingContext2D, token: ReadToken): void => {
    context.fillStyle = token('--category-module');
    for (let row = 0; row < rows; row++) {
      const line = counts.slice(row * bins, (row + 1) * bins);
      const most = Math.max(1, ...line);
      line.forEach((count, bin) => {
        context.globalAlpha = count / most;
        context.fillRect(bin, row, 1, 1);
      });
    }
  };
  return (
    <CellsFigure columns={bins} rows={rows} size={size} label={label} paint={paint}>
      <span>{formatNumber(low)}</span>
      <span>{formatNumber(high)}</span>
    </CellsFigure>
  );
}
