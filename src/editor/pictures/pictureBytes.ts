import type { PictureShape } from '../../graph/pictureShape';

/** Pictures of one shape, one after the other. */
export interface PictureData {
  readonly shape: PictureShape;
  /** `count × height × width × channels`. */
  readonly values: ArrayLike<number>;
  /** What is black and what is white; null: each picture has a scale of its own, 0 in the middle. */
  readonly limits: readonly [number, number] | null;
}

/** One picture as RGBA, black at the lower limit and white at the upper one, and what lies beyond is cut. */
export function pictureBytes(
  { shape: [height, width, channels], values, limits }: PictureData,
  index: number,
): Uint8ClampedArray<ArrayBuffer> {
  const size = height * width;
  const start = index * size * channels;
  const [low, high] = limits ?? ownLimits(values, start, start + size * channels);
  const bytes = new Uint8ClampedArray(4 * size);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = start + pixel * channels + Math.min(channel, channels - 1);
      bytes[4 * pixel + channel] = (255 * ((values[at] ?? 0) - low)) / (high - low);
    }
    bytes[4 * pixel + 3] = 255;
  }
  return bytes;
}

/** ± the largest absolute value, so that 0 is grey. */
function ownLimits(
  values: ArrayLike<number>,
  start: number,
  end: number,
): readonly [number, number] {
  let most = 0;
  for (let at = start; at < end; at++) most = Math.max(most, Math.abs(values[at] ?? 0));
  return most > 0 ? [-most, most] : [-1, 1];
}
