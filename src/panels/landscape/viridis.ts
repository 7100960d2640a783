/**
 * The perceptually uniform colour map viridis (S. van der Walt and N. Smith 2015, CC0), at every tenth of the way: even
 * steps of lightness, also for colour-blind eyes and in grey.
 */
const STOPS: readonly (readonly [number, number, number])[] = [
  [0x44, 0x01, 0x54],
  [0x48, 0x25, 0x76],
  [0x41, 0x44, 0x87],
  [0x35, 0x60, 0x8d],
  [0x2a, 0x78, 0x8e],
  [0x21, 0x90, 0x8c],
  [0x22, 0xa8, 0x84],
  [0x43, 0xbf, 0x71],
  [0x7a, 0xd1, 0x51],
  [0xbb, 0xdf, 0x27],
  [0xfd, 0xe7, 0x25],
];

/** Red, green and blue, 0 to 255, at a part of the way from dark to bright. */
export function viridis(part: number): readonly [number, number, number] {
  const place = Math.max(0, Math.min(1, part)) * (STOPS.length - 1);
  const stop = Math.min(Math.floor(place), STOPS.length - 2);
  const [a, b] = [STOPS[stop], STOPS[stop + 1]];
  const mixed = [0, 1, 2].map(
    (channel) => (a?.[channel] ?? 0) + (place - stop) * ((b?.[channel] ?? 0) - (a?.[channel] ?? 0)),
  );
  const [red = 0, green = 0, blue = 0] = mixed;
  return [red, green, blue];
}
