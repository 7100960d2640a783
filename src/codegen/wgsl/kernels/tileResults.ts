import { defined } from '../../../core/invariant';
import type { ElementBody } from '../loopNest';
import { OWN_INDEX } from '../ownIndex';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';

/** Sums that a thread holds: `rows` × `columns`, in vectors of four along the columns. */
export interface ThreadTile {
  readonly rows: number;
  readonly columns: number;
  /**
   * Threads that share the rows, and take the columns in turn: each loads a quarter of the elements of the rows,
   * and they hand them to each other.
   */
  readonly lanes: 1 | 4;
}

/** Columns of the threads that share rows. */
export function tileWidth(tile: ThreadTile): number {
  return tile.columns * tile.lanes;
}

/** Names of rows `first`, … of a tile that the own thread loads, `at` being how to write row number n. */
export function ownRows(tile: ThreadTile, at: (n: string) => string): string[] {
  if (tile.lanes === 1) return each(tile.rows).map((n) => at(`${n}u`));
  return each(tile.rows / tile.lanes).map((n) => at(`(${n * tile.lanes}u + lane)`));
}

/** The columns of the own thread. */
export function ownColumns(tile: ThreadTile, at: (n: string) => string): string[] {
  return each(tile.columns).map((n) => at(`${n * tile.lanes}u`));
}

/** Code of row or column `n` of a tile; over the edge it is the last one again, whose results are not stored. */
export function insideEdge(first: string, n: string, extent: number, count: number): string {
  const at = n === '0u' ? first : `${first} + ${n}`;
  return extent % count === 0 ? at : `min(${at}, ${extent - 1}u)`;
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

/** Threads for each tile of a stack of matrices, with the names `row`, `column` and, of several, `matrix`. */
export function tileGrid(w: KernelWriter, { rows, columns, matrices, tile }: TileGrid): void {
  const down = Math.ceil(rows / tile.rows);
  const width = tileWidth(tile);
  const across = Math.ceil(columns / width);
  const piece = gridOfTiles(w, matrices * down * across, tile);
  columnOf(w, across === 1 ? '0u' : `(${piece} % ${across}u) * ${width}u`, tile);
  const line = across === 1 ? piece : `(${piece} / ${across}u)`;
  w.line(`let row = ${matrices === 1 ? line : `(${line} % ${down}u)`} * ${tile.rows}u;`);
  if (matrices > 1) w.line(`let matrix = ${piece} / ${across * down}u;`);
}

/** Threads for `count` tiles; returns the number of the own one. */
function gridOfTiles(w: KernelWriter, count: number, { lanes }: ThreadTile): string {
  const threads = count * lanes;
  w.gridWithoutGuard(threads);
  if (threads % w.threads !== 0) w.line(`if (i >= ${threads}u) { return; }`);
  if (lanes === 1) return 'i';
  w.useSubgroups();
  w.line(`let lane = i % ${lanes}u;`);
  return w.let(`i / ${lanes}u`);
}

function columnOf(w: KernelWriter, first: string, { lanes }: ThreadTile): void {
  w.line(`let column = ${lanes === 1 ? first : first === '0u' ? 'lane' : `${first} + lane`};`);
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
  const tiles = triangleTiles(across);
  const piece = gridOfTiles(w, matrices * tiles, tile);
  const { row, column, twice } = triangleTile(w, piece, across);
  if (twice !== null) w.line(`if (${twice}) { return; }`);
  w.line(`let strip = ${column} * ${tile.rows}u;`);
  columnOf(w, 'strip', tile);
  w.line(`let row = ${row} * ${tile.rows}u;`);
  if (matrices > 1) w.line(`let matrix = ${piece} / ${tiles}u;`);
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
    const own = left.starts.map((start) => load(left, start));
    for (const r of each(tile.rows)) {
      const a = rowElement(w, tile, own, r);
      vectors.forEach((b, v) => {
        const sum = sumName(tile, r, v);
        // Software adapters make one instruction of it where its operands are at hand.
        w.line(tile.lanes === 1 ? `${sum} += ${a} * ${b};` : `${sum} = fma(vec4<f32>(${a}), ${b}, ${sum});`); // prettier-ignore
      });
    }
  };
  if (count === 1) once('0u');
  else w.block(`for (var k = 0u; k < ${count}u; k++)`, () => once('k'));
}

/** The element of row `r`: the own thread's, or that of the neighbour who loaded it. */
function rowElement(
  w: KernelWriter,
  { lanes }: ThreadTile,
  own: readonly string[],
  r: number,
): string {
  const element = defined(own[Math.floor(r / lanes)], 'element of a row');
  return lanes === 1 ? element : w.let(`quadBroadcast(${element}, ${r % lanes}u)`);
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
  edges = { rows: target.rows % tile.rows !== 0, columns: target.columns % tileWidth(tile) !== 0 },
): void {
  const { ref, rows, columns, matrix, lineOf } = target;
  const vectors = (tile.rows * tile.columns) / 4;
  const sums = each(vectors).map((n) => `sum${n}`);
  w.line(`var results = array<vec4<f32>, ${vectors}>(${sums.join(', ')});`);
  w.block(`for (var n = 0u; n < ${tile.rows * tile.columns}u; n++)`, () => {
    const row = w.let(`${target.row} + n / ${tile.columns}u`);
    const within = `n % ${tile.columns}u`;
    const column = w.let(
      `${target.column} + ${tile.lanes === 1 ? within : `(${within}) * ${tile.lanes}u`}`,
    );
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
