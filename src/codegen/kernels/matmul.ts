import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';
import type { Accumulation } from './accumulate';

/** Extents of [...batch, rows, inner] · [...batch, inner, columns]. */
export interface MatmulShape {
  readonly batch: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeLeft: boolean;
  readonly transposeRight: boolean;
}

export function matmulShape(value: Value<'dot'>): MatmulShape {
  const left = defined(value.operands[0], 'left operand');
  const rank = value.shape.length;
  const { transposeLeft, transposeRight } = value.attributes;
  return {
    batch: elementCount(value.shape.slice(0, rank - 2)),
    rows: defined(value.shape[rank - 2], 'rows'),
    columns: defined(value.shape[rank - 1], 'columns'),
    inner: defined(left.shape[transposeLeft ? rank - 2 : rank - 1], 'inner extent'),
    transposeLeft,
    transposeRight,
  };
}

/** Tiles pay once a result has this many elements; smaller ones get their parallelism from the inner extent. */
const TILED_FROM = 1024;

export function isTiled({ batch, rows, columns, inner }: MatmulShape): boolean {
  return batch * rows * columns >= TILED_FROM && rows >= 4 && columns >= 4 && inner >= 4;
}

/** Offsets in the operands of element (row, k) and (k, column). */
function places({ rows, inner, columns, transposeLeft, transposeRight }: MatmulShape): {
  left: (row: string, k: string) => string;
  right: (k: string, column: string) => string;
} {
  return {
    left: (row, k) =>
      transposeLeft ? `(${k}) * ${rows}u + (${row})` : `(${row}) * ${inner}u + (${k})`,
    right: (k, column) =>
      transposeRight ? `(${column}) * ${inner}u + (${k})` : `(${k}) * ${columns}u + (${column})`,
  };
}

/** The product as sums of `inner` terms, for small results. */
export function matmulAsAccumulation(value: Value<'dot'>): Accumulation {
  const shape = matmulShape(value);
  const { batch, rows, inner, columns } = shape;
  const left = defined(value.operands[0], 'left operand');
  const right = defined(value.operands[1], 'right operand');
  const place = places(shape);
  return {
    outputs: batch * rows * columns,
    terms: inner,
    combine: 'sum',
    dtype: 'f32',
    term: (w, output, term) => {
      const row = w.let(`(${output} / ${columns}u) % ${rows}u`);
      const column = w.let(`${output} % ${columns}u`);
      const number = batch === 1 ? null : w.let(`${output} / ${rows * columns}u`);
      const at = (index: string, size: number): string =>
        w.let(number === null ? index : `${number} * ${size}u + ${index}`);
      const a = w.emit(left, at(place.left(row, term), rows * inner));
      const b = w.emit(right, at(place.right(term, column), inner * columns));
      return `${a} * ${b}`;
    },
  };
}

/** Rows, columns and depth of a workgroup's tile. A thread makes 4×4 results. */
interface Tile {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

const SMALL_TILE: Tile = { rows: 32, columns: 32, depth: 16 };
const LARGE_TILE: Tile = { rows: 64, columns: 64, depth: 16 };
/** With fewer large tiles than this a GPU would have idle cores. */
const LARGE_FROM_TILES = 128;
const PER_THREAD = 4;

function chooseTile({ batch, rows, columns }: MatmulShape): Tile {
  const large = batch * Math.ceil(rows / LARGE_TILE.rows) * Math.ceil(columns / LARGE_TILE.columns);
  return large >= LARGE_FROM_TILES ? LARGE_TILE : SMALL_TILE;
}

/**
 * Tiled product: a workgroup stages tiles of both operands in workgroup memory, transposing on the way where
 * they are stored transposed; each thread keeps 4×4 sums in registers. Edges are zero in the tiles and
 * guarded at the end.
 */
export function writeMatmul(w: KernelWriter, value: Value<'dot'>, target: Ref): void {
  const shape = matmulShape(value);
  const { batch, rows, inner, columns } = shape;
  const left = defined(value.operands[0], 'left operand');
  const right = defined(value.operands[1], 'right operand');
  const tile = chooseTile(shape);
  const tilesDown = Math.ceil(rows / tile.rows);
  const tilesAcross = Math.ceil(columns / tile.columns);
  const threadsAcross = tile.columns / PER_THREAD;
  const threads = threadsAcross * (tile.rows / PER_THREAD);
  const place = places(shape);

  w.declare(`var<workgroup> leftTile: array<f32, ${tile.rows * tile.depth}>;
var<workgroup> rightTile: array<f32, ${tile.depth * tile.columns}>;`);
  w.grid(batch * tilesDown * tilesAcross, threads);
  w.line(`let column0 = (group % ${tilesAcross}u) * ${tile.columns}u;`);
  w.line(`let row0 = ((group / ${tilesAcross}u) % ${tilesDown}u) * ${tile.rows}u;`);
  w.line(`let batch = group / ${tilesDown * tilesAcross}u;`);
  w.line(`let threadColumn = (local % ${threadsAcross}u) * ${PER_THREAD}u;`);
  w.line(`let threadRow = (local / ${threadsAcross}u) * ${PER_THREAD}u;`);
  const sums = Array.from({ length: PER_THREAD }, (_, row) => `sum${row}`);
  sums.forEach((sum) => w.line(`var ${sum} = vec4<f32>();`));

  w.block(`for (var k0 = 0u; k0 < ${inner}u; k0 += ${tile.depth}u)`, () => {
    stage(w, 'leftTile', threads, tile.rows, tile.depth, shape.transposeLeft, (row, k) => ({
      inside: `row0 + ${row} < ${rows}u && k0 + ${k} < ${inner}u`,
      element: (index) => w.emit(left, index),
      index: `batch * ${rows * inner}u + ${place.left(`row0 + ${row}`, `k0 + ${k}`)}`,
    }));
    stage(
      w,
      'rightTile',
      threads,
      tile.columns,
      tile.depth,
      !shape.transposeRight,
      (column, k) => ({
        inside: `column0 + ${column} < ${columns}u && k0 + ${k} < ${inner}u`,
        element: (index) => w.emit(right, index),
        index: `batch * ${inner * columns}u + ${place.right(`k0 + ${k}`, `column0 + ${column}`)}`,
      }),
    );
    w.line('workgroupBarrier();');
    w.block(`for (var k = 0u; k < ${tile.depth}u; k++)`, () => {
      const vector = (array: string, width: number, start: string): string => {
        w.line(`let at_${array} = k * ${width}u + ${start};`);
        const parts = [0, 1, 2, 3].map((part) => `${array}[at_${array} + ${part}u]`);
        return `vec4<f32>(${parts.join(', ')})`;
      };
      w.line(`let a = ${vector('leftTile', tile.rows, 'threadRow')};`);
      w.line(`let b = ${vector('rightTile', tile.columns, 'threadColumn')};`);
      sums.forEach((sum, row) => w.line(`${sum} += a[${row}] * b;`));
    });
    w.line('workgroupBarrier();');
  });
  sums.forEach((sum, row) => {
    w.block(`if (row0 + threadRow + ${row}u < ${rows}u)`, () => {
      w.line(
        `let at = batch * ${rows * columns}u + (row0 + threadRow + ${row}u) * ${columns}u + column0 + threadColumn;`,
      );
      for (let column = 0; column < PER_THREAD; column++) {
        w.block(`if (column0 + threadColumn + ${column}u < ${columns}u)`, () =>
          w.store(target, w.let(`at + ${column}u`), `${sum}[${column}]`),
        );
      }
    });
  });
}

interface TileSource {
  readonly inside: string;
  readonly index: string;
  readonly element: (index: string) => string;
}

/**
 * Loads a tile, `depth` rows of `width` elements, zero outside the operand. Neighbouring threads load
 * neighbouring elements of memory: along the width when `alongWidth`, else along the depth.
 */
function stage(
  w: KernelWriter,
  array: string,
  threads: number,
  width: number,
  depth: number,
  alongWidth: boolean,
  source: (across: string, k: string) => TileSource,
): void {
  w.block(`for (var e = local; e < ${width * depth}u; e += ${threads}u)`, () => {
    const across = w.let(alongWidth ? `e % ${width}u` : `e / ${depth}u`);
    const k = w.let(alongWidth ? `e / ${width}u` : `e % ${depth}u`);
    const { inside, index, element } = source(across, k);
    w.line('var x = 0.0f;');
    w.block(`if (${inside})`, () => w.line(`x = ${element(w.let(index))};`));
    w.line(`${array}[${k} * ${width}u + ${across}] = x;`);
  });
}
