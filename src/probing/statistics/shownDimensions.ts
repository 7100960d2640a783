/** Of a wide layer an even choice of so many dimensions is drawn: more are no longer told apart on a screen. */
const SHOWN = 64;

/** The dimensions that are drawn, ascending. */
export function shownDimensions(dim: number): number[] {
  const count = Math.min(dim, SHOWN);
  return Array.from({ length: count }, (_, i) => Math.floor((i * dim) / count));
}
