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
  // Places along both axes, in cells: in typed arrays, since this is done for every pixel.
  const across = Float64Array.from({ length: width }, (_, x) =>
    placeOf((x + 0.5) / width, columns),
  );
  for (let y = 0; y < height; y++) {
    const up = placeOf(1 - (y + 0.5) / height, rows);
    const row = Math.floor(up);
    const above = up - row;
    const lower = row * columns;
    const upper = Math.min(row + 1, rows - 1) * columns;
    for (let x = 0; x < width; x++) {
      const place = across[x] ?? 0;
      const column = Math.floor(place);
      const right = place - column;
      const next = Math.min(column + 1, columns - 1);
      const a = units[lower + column] ?? NaN;
      const b = units[lower + next] ?? NaN;
      const c = units[upper + column] ?? NaN;
      const d = units[upper + next] ?? NaN;
      const bottom = a + right * (b - a);
      const top = c + right * (d - c);
      const unit = bottom + above * (top - bottom);
      if (Number.isNaN(unit)) continue;
      const slopeX = ((b - a) * (1 - above) + (d - c) * above) * (columns / width);
      const slopeY = (top - bottom) * (rows / height);
      const slope = Math.sqrt(slopeX * slopeX + slopeY * slopeY) * BANDS;
      paintPixel(pixels, 4 * (y * width + x), unit * BANDS, slope, colours);
    }
  }
  return pixels;
}

/** One pixel at `level` bands, which it crosses `slope` of. */
function paintPixel(
  pixels: Uint8ClampedArray,
  at: number,
  level: number,
  slope: number,
  colours: Float32Array,
): void {
  const border = Math.round(level);
  const hasBorder = border > 0 && border < BANDS;
  // In pixels, from the nearest border between bands.
  const distance = (level - border) / Math.max(slope, 1e-6);
  const isNear = hasBorder && distance < 1 && distance > -1;
  const band = 3 * Math.max(0, Math.min(BANDS - 1, Math.floor(level)));
  let red = colours[band] ?? 0;
  let green = colours[band + 1] ?? 0;
  let blue = colours[band + 2] ?? 0;
  if (isNear) {
    const mix = Math.max(0, Math.min(1, distance + 0.5));
    const before = 3 * (border - 1);
    const after = 3 * border;
    // Where bands are as narrow as pixels, lines would be all that is seen.
    const line = LINE_STRENGTH * (1 - Math.abs(distance)) * Math.max(0, 1 - 3 * slope);
    const mixed = (channel: number): number => {
      const from = colours[before + channel] ?? 0;
      return (from + mix * ((colours[after + channel] ?? 0) - from)) * (1 - line);
    };
    red = mixed(0);
    green = mixed(1);
    blue = mixed(2);
  }
  pixels[at] = red;
  pixels[at + 1] = green;
  pixels[at + 2] = blue;
  pixels[at + 3] = 255;
}

/** The colour of each band, three numbers each. */
function bandColours(): Float32Array {
  return Float32Array.from(
    Array.from({ length: BANDS }, (_, band) => viridis((band + 0.5) / BANDS)).flat(),
  );
}

/** A part of the way in cells, counted from the middle of the first one; within the middles of the first and the last. */
function placeOf(part: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, part * cells - 0.5));
}
