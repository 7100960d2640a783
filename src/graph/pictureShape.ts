import type { Shape } from '../ir/types';

/** Height, width and channels: one is grey, three are red, green and blue, and of two the second is both green and blue. */
export type PictureShape = readonly [number, number, number];

const MOST_CHANNELS = 3;

/** The shape as that of a picture, or null where it is none. */
export function pictureShape([
  height = 0,
  width = 0,
  channels = 0,
  ...more
]: Shape): PictureShape | null {
  const isFlat = more.length === 0 && channels >= 1 && channels <= MOST_CHANNELS;
  return isFlat && height > 1 && width > 1 ? [height, width, channels] : null;
}
