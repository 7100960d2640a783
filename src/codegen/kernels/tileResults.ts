import type { ElementBody } from '../draft';
import { OWN_INDEX, type KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';

/** Sums that a thread holds: `rows` × `columns`, in vectors of four along the columns. */
export interface ThreadTile {
  readonly rows: number;
  readonly columns: number;
}

/** Where a thread's results go: into a stack of matrices of `rows` × `columns`. */
export interface TileTarget {
  readonly ref: Ref;
  readonly rows: number;
  readonly columns: number;
  /** Names of the first row and column of the tile, and of the matrix, or null when there is one. */
  readonly row: string;
  readonly column: string;
  readonly matrix: string | null;
}

export function each(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** Name of the vector of sums of row `row` at columns 4·vector, …. */
export function sumName(tile: ThreadTile, row: number, vector: number): string {
  return `sum${row * (tile.columns / 4) + vector}`;
}

export function declareSums(w: KernelWriter, tile: ThreadTile): void {
  for (const n of each((tile.rows * tile.columns) / 4)) w.line(`var sum${n} = vec4<f32>();`);
}

/**
 * Stores the results of a thread that lie in the matrix, each followed by the work of `after`. It is a loop, so
 * that this work is written once and not for each result: kernels compile several times as fast.
 */
export function storeResults(
  w: KernelWriter,
  tile: ThreadTile,
  target: TileTarget,
  after: ElementBody,
  /** Whether tiles may stand over the edges of the matrix. */
  edges = { rows: target.rows % tile.rows !== 0, columns: target.columns % tile.columns !== 0 },
): void {
  const { ref, rows, columns, matrix } = target;
  const vectors = (tile.rows * tile.columns) / 4;
  const sums = each(vectors).map((n) => `sum${n}`);
  w.line(`var results = array<vec4<f32>, ${vectors}>(${sums.join(', ')});`);
  w.block(`for (var n = 0u; n < ${tile.rows * tile.columns}u; n++)`, () => {
    const row = w.let(`${target.row} + n / ${tile.columns}u`);
    const column = w.let(`${target.column} + n % ${tile.columns}u`);
    const guards = [
      ...(edges.rows ? [`${row} < ${rows}u`] : []),
      ...(edges.columns ? [`${column} < ${columns}u`] : []),
    ];
    const store = (): void => {
      const line = matrix === null ? row : w.let(`${matrix} * ${rows}u + ${row}`);
      const at = w.let(`${line} * ${columns}u + ${column}`);
      // As index expressions of views say it.
      w.know(`${at} / ${columns}u`, line);
      w.know(`(${at} / ${columns}u)`, line);
      w.know(`(${at}) % ${columns}u`, column);
      w.know(`(${at} % ${columns}u)`, column);
      w.own(at, OWN_INDEX);
      w.store(ref, at, w.let('results[n / 4u][n % 4u]'));
      after(w, at);
    };
    if (guards.length === 0) store();
    else w.block(`if (${guards.join(' && ')})`, store);
  });
}
