/**
 * A place in a picture is two numbers, x and y: −1 at the middle of the left or top pixel, 1 at that of the right or bottom one.
 * This is where it lies in pixels, 0 being the middle of the first of `size`.
 */
export function pixelOf(place: number, size: number): number {
  return ((place + 1) / 2) * (size - 1);
}
