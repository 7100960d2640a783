import { viridis } from './viridis';

/** Colours of filled contours. */
export const BANDS = 16;

/** Parts of a contour line's colour that are mixed into the bands. */
const LINE_STRENGTH = 0.22;

export interface FieldOnGrid {
  readonly columns: number;
  readonly rows: number;
  /** `rows × columns`, 0 to 1, the first row below; NaN where there is no value. */
  readonly units: Float32Array;
}

/**
 * Filled contours as pixels, `height × width × RGBA`, the first row of pixels at the top. Between the middles of the cells
 * values are interpolated, and the borders of the bands are smoothed by how many bands a pixel crosses. What has no value
 * is left transparent.
 */
export function paintField(
  { columns, rows, units }: FieldOnGrid,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const colours = bandColours();
  const across = Array.from({ length: width }, (_, x) => cellOf((x + 0.5) / width, columns));
  const scaleX = columns / width;
  const scaleY = rows / height;
  for (let y = 0; y < height; y++) {
    const [row, above] = cellOf(1 - (y + 0.5) / height, rows);
    const lower = row * columns;
    const upper = Math.min(row + 1, rows - 1) * columns;
    for (let x = 0; x < width; x++) {
      const [column, right] = across[x] ?? [0, 0];
      const next = Math.min(column + 1, columns - 1);
      const a = units[lower + column] ?? NaN;
      const b = units[lower + next] ?? NaN;
      const c = units[upper + column] ?? NaN;
      const d = units[upper + next] ?? NaN;
      const bottom = a + right * (b - a);
      const top = c + right * (d - c);
      const unit = bottom + above * (top - bottom);
      if (Number.isNaN(unit)) continue;
      const level = Math.max(0, Math.min(BANDS, unit * BANDS));
      const slopeX = ((b - a) * (1 - above) + (d - c) * above) * BANDS * scaleX;
      const slopeY = (top - bottom) * BANDS * scaleY;
      const border = Math.round(level);
      // Pixels from the nearest border between bands.
      const slope = Math.max(Math.hypot(slopeX, slopeY), 1e-6);
      const distance = (level - border) / slope;
      const isBorder = border > 0 && border < BANDS;
      const mix = isBorder ? Math.max(0, Math.min(1, distance + 0.5)) : level < border ? 0 : 1;
      // Where bands are as narrow as pixels, lines would be all that is seen.
      const line = isBorder
        ? Math.max(0, 1 - Math.abs(distance)) * LINE_STRENGTH * Math.max(0, 1 - 3 * slope)
        : 0;
      const before = 3 * Math.max(0, border - 1);
      const after = 3 * Math.min(BANDS - 1, border);
      const at = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) {
        const from = colours[before + channel] ?? 0;
        const colour = from + mix * ((colours[after + channel] ?? 0) - from);
        pixels[at + channel] = colour * (1 - line);
      }
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** The colour of each band, three numbers each. */
function bandColours(): Float32Array {
  return Float32Array.from(
    Array.from({ length: BANDS }, (_, band) => viridis((band + 0.5) / BANDS)).flat(),
  );
}

/** The cell whose middle comes before a part of the way, and how far it is from there to the next one's. */
function cellOf(part: number, cells: number): readonly [number, number] {
  const place = Math.max(0, Math.min(cells - 1, part * cells - 0.5));
  const cell = Math.min(Math.floor(place), Math.max(0, cells - 1));
  return [cell, place - cell];
}
