import type { ElementBody } from '../loopNest';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import {
  matrixStart,
  sumOf,
  times,
  type MatrixStack,
  type Product,
  type ProductShape,
} from './product';
import {
  declareSums,
  each,
  storeResults,
  sumName,
  triangleTile,
  triangleTiles,
  type ThreadTile,
} from './tileResults';

/** Threads of a workgroup, in a square. */
const SIDE = 8;
/** Steps along the inner extent that are staged together. */
const DEPTH = 16;

const SMALL: ThreadTile = { rows: 4, columns: 4, lanes: 1 };
const LARGE: ThreadTile = { rows: 8, columns: 8, lanes: 1 };
/** With fewer large tiles than this a GPU would have idle cores. */
const LARGE_FROM_GROUPS = 128;

function chooseTile({ batch, rows, columns }: ProductShape): ThreadTile {
  const groups = batch * tilesAlong(rows, LARGE.rows) * tilesAlong(columns, LARGE.columns);
  return groups >= LARGE_FROM_GROUPS ? LARGE : SMALL;
}

function tilesAlong(extent: number, perThread: number): number {
  return Math.ceil(extent / (perThread * SIDE));
}

/**
 * Tiled product for GPUs: a workgroup stages tiles of both operands in workgroup memory, transposing on the way
 * where they are stored transposed; each thread keeps a small tile of sums in registers. Beyond the edges the
 * staged tiles are zero.
 */
export function writeStagedProduct(
  w: KernelWriter,
  product: Product,
  target: Ref,
  after: ElementBody,
): void {
  const { batch, rows, inner, columns, left, right, symmetric } = product;
  const tile = chooseTile(product);
  const down = tilesAlong(rows, tile.rows);
  const across = tilesAlong(columns, tile.columns);
  const groups = symmetric ? triangleTiles(across) : down * across;
  w.grid(batch * groups);
  if (symmetric) {
    const pair = triangleTile(w, 'group', across);
    if (pair.twice !== null) w.line(`if (${pair.twice}) { return; }`);
    w.line(`let column0 = ${pair.column} * ${tile.columns * SIDE}u;`);
    w.line(`let row0 = ${pair.row} * ${tile.rows * SIDE}u;`);
  } else {
    w.line(`let column0 = (group % ${across}u) * ${tile.columns * SIDE}u;`);
    w.line(`let row0 = ((group / ${across}u) % ${down}u) * ${tile.rows * SIDE}u;`);
  }
  if (batch > 1) w.line(`let matrix = group / ${groups}u;`);
  const matrix = batch > 1 ? 'matrix' : null;
  w.line(`let tileColumn = (local % ${SIDE}u) * ${tile.columns}u;`);
  w.line(`let tileRow = (local / ${SIDE}u) * ${tile.rows}u;`);
  const leftTile = stageFor(w, tile.rows, inner, { stack: left, matrix, first: 'row0', extent: rows }); // prettier-ignore
  const rightTile = stageFor(w, tile.columns, inner, { stack: right, matrix, first: 'column0', extent: columns }); // prettier-ignore
  declareSums(w, tile);
  w.block(`for (var k0 = 0u; k0 < ${inner}u; k0 += ${DEPTH}u)`, () => {
    leftTile.load();
    rightTile.load();
    w.line('workgroupBarrier();');
    w.block(`for (var k = 0u; k < ${DEPTH}u; k++)`, () => {
      const vectors = (name: string, width: number, start: string): string[] => {
        const at = w.let(`k * ${width * SIDE}u + ${start}`);
        return each(width / 4).map((v) => {
          const parts = each(4).map((part) => `${name}[${at} + ${v * 4 + part}u]`);
          return w.let(`vec4<f32>(${parts.join(', ')})`);
        });
      };
      const a = vectors(leftTile.name, tile.rows, 'tileRow');
      const b = vectors(rightTile.name, tile.columns, 'tileColumn');
      for (const r of each(tile.rows)) {
        b.forEach((vector, v) => w.line(`${sumName(tile, r, v)} += ${a[r >> 2]}[${r & 3}] * ${vector};`)); // prettier-ignore
      }
    });
    w.line('workgroupBarrier();');
  });
  const row = w.let('row0 + tileRow');
  const column = w.let('column0 + tileColumn');
  const edges = {
    rows: rows % (tile.rows * SIDE) !== 0,
    columns: columns % (tile.columns * SIDE) !== 0,
  };
  const place = { ref: target, rows, columns, row, column, matrix };
  // Tiles on the diagonal are whole: there `row0` is `column0`.
  const mirror = symmetric ? 'row0 != column0' : null;
  storeResults(w, tile, { ...place, mirror }, after, edges);
}

interface StageSource {
  readonly stack: MatrixStack;
  readonly matrix: string | null;
  /** Name of the first row or column of the workgroup's tile, and how many there are in all. */
  readonly first: string;
  readonly extent: number;
}

/**
 * Workgroup memory for `DEPTH` rows of a tile's width, and the code that fills it, zero outside the operand.
 * Neighbouring threads load neighbouring elements of memory.
 */
function stageFor(
  w: KernelWriter,
  perThread: number,
  inner: number,
  { stack, matrix, first, extent }: StageSource,
): { readonly name: string; readonly load: () => void } {
  const width = perThread * SIDE;
  const name = w.scratch('f32', width * DEPTH);
  const base = w.let(matrixStart(stack, matrix ?? '0u'));
  const alongWidth = stack.innerStride !== 1;
  const load = (): void => {
    w.block(`for (var e = local; e < ${width * DEPTH}u; e += ${SIDE * SIDE}u)`, () => {
      const across = w.let(alongWidth ? `e % ${width}u` : `e / ${DEPTH}u`);
      const k = w.let(alongWidth ? `e / ${width}u` : `e % ${DEPTH}u`);
      const index = w.let(`${first} + ${across}`);
      const step = w.let(`k0 + ${k}`);
      const guards = [
        ...(extent % width === 0 ? [] : [`${index} < ${extent}u`]),
        ...(inner % DEPTH === 0 ? [] : [`${step} < ${inner}u`]),
      ];
      const element = (): string =>
        w.load(stack.ref, w.let(sumOf(base, times(index, stack.stride), times(step, stack.innerStride)))); // prettier-ignore
      const place = `${name}[${k} * ${width}u + ${across}]`;
      if (guards.length === 0) {
        w.line(`${place} = ${element()};`);
      } else {
        w.line('var x = 0.0f;');
        w.block(`if (${guards.join(' && ')})`, () => w.line(`x = ${element()};`));
        w.line(`${place} = x;`);
      }
    });
  };
  return { name, load };
}
