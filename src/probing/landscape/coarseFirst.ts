/** Cells of a square grid, the ones of coarse grids before those that lie between. */
export interface CoarseFirst {
  readonly side: number;
  /** All cells. */
  readonly order: readonly number[];
  /** Coarse grids, from the first to all cells: each has every cell whose row and column are multiples of its stride. */
  readonly grids: readonly { readonly stride: number; readonly count: number }[];
}

/** `side` is a multiple of the first stride, a power of two, and one more: each grid then reaches to the borders. */
export function coarseFirst(side: number, firstStride: number): CoarseFirst {
  const order: number[] = [];
  const grids: { stride: number; count: number }[] = [];
  for (let stride = firstStride; stride >= 1; stride /= 2) {
    for (let row = 0; row < side; row += stride) {
      for (let column = 0; column < side; column += stride) {
        const isBefore = stride < firstStride && row % (2 * stride) === 0 && column % (2 * stride) === 0; // prettier-ignore
        if (!isBefore) order.push(row * side + column);
      }
    }
    grids.push({ stride, count: order.length });
  }
  return { side, order, grids };
}

/**
 * The first `done` cells of the order as they are, and in place of all others what lies between those of the last grid that is
 * whole, linearly in both directions. The first grid must be whole.
 */
export function filledIn(
  { side, order, grids }: CoarseFirst,
  values: Float64Array,
  done: number,
): Float32Array {
  const stride = grids.findLast(({ count }) => count <= done)?.stride ?? 1;
  const at = (row: number, column: number): number => values[row * side + column] ?? NaN;
  const filled = Float32Array.from(values, (_, cell) => {
    const [row, column] = [Math.floor(cell / side), cell % side];
    const [below, left] = [row - (row % stride), column - (column % stride)];
    const [above, right] = [Math.min(below + stride, side - 1), Math.min(left + stride, side - 1)];
    const [up, across] = [(row - below) / stride, (column - left) / stride];
    const between = (from: number, to: number, part: number): number =>
      part === 0 ? from : from + part * (to - from);
    return between(
      between(at(below, left), at(below, right), across),
      between(at(above, left), at(above, right), across),
      up,
    );
  });
  for (const cell of order.slice(0, done)) filled[cell] = values[cell] ?? NaN;
  return filled;
}
