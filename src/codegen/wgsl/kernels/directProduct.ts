import type { ElementBody } from '../loopNest';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import { chooseThreadTile, squareTile, type Tiling } from './chooseThreadTile';
import { matrixStart, sumOf, times, type MatrixStack, type Product } from './product';
import {
  addProducts,
  declareSums,
  insideEdge,
  ownColumns,
  ownRows,
  storeResults,
  tileGrid,
  tileWidth,
  triangleGrid,
  type Start,
} from './tileResults';

/**
 * The product without workgroup memory: each thread makes a tile of results, reading its rows and columns
 * straight from memory. For software adapters, where memory is cached and barriers are expensive.
 */
export function writeDirectProduct(
  w: KernelWriter,
  product: Product,
  target: Ref,
  after: ElementBody,
  tiling: Tiling,
): void {
  const { batch, rows, inner, columns, left, right, symmetric } = product;
  const tile = symmetric ? squareTile(tiling) : chooseThreadTile(product, tiling);
  const grid = symmetric ? triangleGrid : tileGrid;
  grid(w, { rows, columns, matrices: batch, tile });
  const matrix = batch > 1 ? 'matrix' : null;
  const leftStarts = ownRows(tile, (n) => insideEdge('row', n, rows, tile.rows));
  const rightStarts = ownColumns(tile, (n) => insideEdge('column', n, columns, tileWidth(tile)));
  declareSums(w, tile);
  addProducts(w, tile, {
    count: inner,
    left: { ref: left.ref, starts: starts(w, left, matrix, leftStarts), step: left.innerStride },
    right: {
      ref: right.ref,
      starts: starts(w, right, matrix, rightStarts),
      step: right.innerStride,
    },
  });
  const place = { ref: target, rows, columns, row: 'row', column: 'column', matrix };
  // Tiles on the diagonal are whole.
  storeResults(w, tile, { ...place, mirror: symmetric ? 'row != strip' : null }, after);
}

/** Where rows or columns start in memory. */
function starts(
  w: KernelWriter,
  stack: MatrixStack,
  matrix: string | null,
  indices: readonly string[],
): Start[] {
  const base = w.let(matrixStart(stack, matrix ?? '0u'));
  return indices.map((index) => ({
    at: w.let(sumOf(base, times(index, stack.stride))),
    ok: null,
  }));
}
