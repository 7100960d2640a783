import type { RowMatrix } from '../rowMatrix';

export interface Neighbours {
  /** For each row, itself first and then the nearest others. */
  readonly indices: number[][];
  /** Euclidean. */
  readonly distances: number[][];
}

/** Exact, by looking at all pairs; `pause` is awaited after each row, and says with false that nobody wants them any more. */
export async function nearestNeighbours(
  { rows, columns, values }: RowMatrix,
  count: number,
  pause: (part: number) => Promise<boolean>,
): Promise<Neighbours | null> {
  const indices: number[][] = [];
  const distances: number[][] = [];
  const squares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < rows; other++) {
      let sum = 0;
      for (let i = 0; i < columns; i++) {
        const d = (values[row * columns + i] ?? 0) - (values[other * columns + i] ?? 0);
        sum += d * d;
      }
      squares[other] = sum;
    }
    const nearest = leastOf(squares, row, count);
    indices.push(nearest);
    distances.push(nearest.map((other) => Math.sqrt(squares[other] ?? 0)));
    if (!(await pause((row + 1) / rows))) return null;
  }
  return { indices, distances };
}

/** Places of the least values, ascending, `first` before all others whatever its value. */
function leastOf(values: Float64Array, first: number, count: number): number[] {
  const least: number[] = [];
  for (let place = 0; place < values.length; place++) {
    if (place === first) continue;
    const value = values[place] ?? NaN;
    if (least.length === count - 1 && value >= (values[least.at(-1) ?? 0] ?? NaN)) continue;
    let at = least.length;
    while (at > 0 && (values[least[at - 1] ?? 0] ?? NaN) > value) at--;
    least.splice(at, 0, place);
    if (least.length > count - 1) least.pop();
  }
  return [first, ...least];
}
