/** Pixels of four bytes each, row by row: red, green, blue and how much of it covers what is behind. */
export interface RgbaPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Height, width, and 1 for grey or 3 for colours. */
export type ImageShape = readonly [height: number, width: number, channels: 1 | 3];

/** Parts of red, green and blue in grey (ITU-R BT.601). */
const GREY = [0.299, 0.587, 0.114] as const;

/**
 * A picture in another size, `height × width × channels` bytes: the largest part from its middle that has the new sides'
 * ratio, each new pixel the mean of what it covers, over white where it is transparent. Written out here, since browsers
 * scale in ways of their own, and the same file is to give the same numbers everywhere.
 */
export function resizePixels(image: RgbaPixels, [height, width, channels]: ImageShape): Uint8Array {
  const scale = Math.min(image.width / width, image.height / height);
  const left = (image.width - width * scale) / 2;
  const top = (image.height - height * scale) / 2;
  const columns = spans(width, left, scale, image.width);
  const rows = spans(height, top, scale, image.height);
  const pixels = new Uint8Array(height * width * channels);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      const [red, green, blue] = meanOver(image, row, column);
      const at = (y * width + x) * channels;
      if (channels === 1) {
        pixels[at] = Math.round(GREY[0] * red + GREY[1] * green + GREY[2] * blue);
      } else {
        pixels[at] = Math.round(red);
        pixels[at + 1] = Math.round(green);
        pixels[at + 2] = Math.round(blue);
      }
    }
  }
  return pixels;
}

/** Pixels of the old picture along one side that a new one covers, with how much of each. */
type Span = readonly (readonly [place: number, part: number])[];

function spans(count: number, start: number, scale: number, limit: number): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const from = start + index * scale;
    const to = from + scale;
    const span: [number, number][] = [];
    for (let place = Math.floor(from); place < to && place < limit; place++) {
      const part = Math.min(place + 1, to) - Math.max(place, from);
      if (part > 1e-9) span.push([Math.max(0, place), part]);
    }
    return span;
  });
}

function meanOver(
  { data, width }: RgbaPixels,
  rows: Span,
  columns: Span,
): [number, number, number] {
  let [red, green, blue, area] = [0, 0, 0, 0];
  for (const [y, tall] of rows) {
    for (const [x, wide] of columns) {
      const at = 4 * (y * width + x);
      const part = tall * wide;
      const cover = (data[at + 3] ?? 255) / 255;
      const white = 255 * (1 - cover);
      red += part * ((data[at] ?? 0) * cover + white);
      green += part * ((data[at + 1] ?? 0) * cover + white);
      blue += part * ((data[at + 2] ?? 0) * cover + white);
      area += part;
    }
  }
  return [red / area, green / area, blue / area];
}
