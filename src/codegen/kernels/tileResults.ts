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
  /** Code of whether each result is also that of the mirrored place, or null when it never is. */
  readonly mirror?: string | null;
  /** Where a row lies among all rows of the result, when not in order, and whether it is one. */
  readonly lineOf?: (row: string) => { readonly line: string; readonly guard: string | null };
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

interface TileGrid {
  readonly rows: number;
  readonly columns: number;
  readonly matrices: number;
  readonly tile: ThreadTile;
}

/** A thread for each tile of a stack of matrices, with the names `row`, `column` and, of several, `matrix`. */
export function tileGrid(w: KernelWriter, { rows, columns, matrices, tile }: TileGrid): void {
  const down = Math.ceil(rows / tile.rows);
  const across = Math.ceil(columns / tile.columns);
  const threads = matrices * down * across;
  w.gridWithoutGuard(threads);
  if (threads % w.threads !== 0) w.line(`if (i >= ${threads}u) { return; }`);
  w.line(`let column = ${across === 1 ? '0u' : `(i % ${across}u) * ${tile.columns}u`};`);
  const line = across === 1 ? 'i' : `(i / ${across}u)`;
  w.line(`let row = ${matrices === 1 ? line : `(${line} % ${down}u)`} * ${tile.rows}u;`);
  if (matrices > 1) w.line(`let matrix = i / ${across * down}u;`);
}

/** Tiles of one triangle of a square of `across` × `across` tiles, the diagonal included. */
export function triangleTiles(across: number): number {
  return across * (Math.floor(across / 2) + 1);
}

/**
 * Numbers of the two strips that cross in tile `index` of a triangle: each strip with the ones up to half way round
 * from it, so that every pair comes once. `twice` says, as code, which tiles would come a second time.
 */
export function triangleTile(
  w: KernelWriter,
  index: string,
  across: number,
): { readonly row: string; readonly column: string; readonly twice: string | null } {
  const row = w.let(`${index} % ${across}u`);
  const distance = w.let(`(${index} / ${across}u) % ${Math.floor(across / 2) + 1}u`);
  const half = across / 2;
  return {
    row,
    column: w.let(`(${row} + ${distance}) % ${across}u`),
    twice: across % 2 === 0 ? `${distance} == ${half}u && ${row} >= ${half}u` : null,
  };
}

/** As `tileGrid`, for one triangle of a stack of square matrices; `tile` is square too. */
export function triangleGrid(w: KernelWriter, { rows, matrices, tile }: TileGrid): void {
  const across = Math.ceil(rows / tile.rows);
  const each = triangleTiles(across);
  const threads = matrices * each;
  w.gridWithoutGuard(threads);
  if (threads % w.threads !== 0) w.line(`if (i >= ${threads}u) { return; }`);
  const { row, column, twice } = triangleTile(w, 'i', across);
  if (twice !== null) w.line(`if (${twice}) { return; }`);
  w.line(`let column = ${column} * ${tile.columns}u;`);
  w.line(`let row = ${row} * ${tile.rows}u;`);
  if (matrices > 1) w.line(`let matrix = i / ${each}u;`);
}

/** Where a row or column of an operand starts; outside what it is taken from it counts as zero. */
export interface Start {
  readonly at: string;
  /** Name of whether it is inside, or null when it always is. */
  readonly ok: string | null;
}

interface ProductSide {
  readonly ref: Ref;
  readonly starts: readonly Start[];
  /** From one element to the next along the inner extent. */
  readonly step: number;
}

/** Adds to the sums the products of all rows with all columns, over `count` elements along the inner extent. */
export function addProducts(
  w: KernelWriter,
  tile: ThreadTile,
  { count, left, right }: { count: number; left: ProductSide; right: ProductSide },
): void {
  const once = (k: string): void => {
    const load = ({ ref, step }: ProductSide, { at, ok }: Start): string => {
      const shift = k === '0u' || step === 0 ? null : step === 1 ? k : w.let(`${k} * ${step}u`);
      const element = w.load(ref, shift === null ? at : w.let(`${at} + ${shift}`));
      return ok === null ? element : w.let(`select(0.0f, ${element}, ${ok})`);
    };
    const elements = right.starts.map((start) => load(right, start));
    const vectors = each(tile.columns / 4).map((v) =>
      w.let(`vec4<f32>(${elements.slice(v * 4, v * 4 + 4).join(', ')})`),
    );
    left.starts.forEach((start, r) => {
      const a = load(left, start);
      vectors.forEach((b, v) => w.line(`${sumName(tile, r, v)} += ${a} * ${b};`));
    });
  };
  if (count === 1) once('0u');
  else w.block(`for (var k = 0u; k < ${count}u; k++)`, () => once('k'));
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
  const { ref, rows, columns, matrix, lineOf } = target;
  const vectors = (tile.rows * tile.columns) / 4;
  const sums = each(vectors).map((n) => `sum${n}`);
  w.line(`var results = array<vec4<f32>, ${vectors}>(${sums.join(', ')});`);
  w.block(`for (var n = 0u; n < ${tile.rows * tile.columns}u; n++)`, () => {
    const row = w.let(`${target.row} + n / ${tile.columns}u`);
    const column = w.let(`${target.column} + n % ${tile.columns}u`);
    const found = lineOf?.(row) ?? { line: null, guard: null };
    const guards = [
      ...(edges.rows ? [`${row} < ${rows}u`] : []),
      ...(edges.columns ? [`${column} < ${columns}u`] : []),
      ...(found.guard === null ? [] : [found.guard]),
    ];
    const put = (own: string, other: string): void => {
      const line = found.line ?? (matrix === null ? own : w.let(`${matrix} * ${rows}u + ${own}`));
      const at = w.let(`${line} * ${columns}u + ${other}`);
      // As index expressions of views say it.
      w.know(`${at} / ${columns}u`, line);
      w.know(`(${at} / ${columns}u)`, line);
      w.know(`(${at}) % ${columns}u`, other);
      w.know(`(${at} % ${columns}u)`, other);
      w.own(at, OWN_INDEX);
      w.store(ref, at, w.let('results[n / 4u][n % 4u]'));
      after(w, at);
    };
    const store = (): void => {
      put(row, column);
      if (target.mirror) w.block(`if (${target.mirror})`, () => put(column, row));
    };
    if (guards.length === 0) store();
    else w.block(`if (${guards.join(' && ')})`, store);
  });
}
