/** So many bars are drawn at most: of more, the highest. */
const SHOWN = 256;

/** One bar a number, in their order; of very many the highest ones, descending. */
export function shownBars(values: Float64Array): number[] {
  if (values.length <= SHOWN) return [...values];
  return [...values].sort((a, b) => b - a).slice(0, SHOWN);
}
