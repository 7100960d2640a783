import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import { csvText } from '../run/metricsCsv';

/** One row for each cell of the grid: its middle, the energy, and the density where it is shown. */
export function landscapeCsv(
  { columns, rows, range, axes: [x, y], values }: LandscapeFrame,
  energy: string,
  density: Float32Array | null,
): string {
  const middle = ([low, high]: readonly [number, number], index: number, cells: number): number =>
    low + ((index + 0.5) / cells) * (high - low);
  return csvText(
    [x.symbol, y.symbol, energy, ...(density === null ? [] : ['p'])],
    Array.from(values, (value, cell) => [
      middle(range.x, cell % columns, columns),
      middle(range.y, Math.floor(cell / columns), rows),
      Number.isFinite(value) ? value : null,
      ...(density === null ? [] : [density[cell] ?? null]),
    ]),
  );
}
