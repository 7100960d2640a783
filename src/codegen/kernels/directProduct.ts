import type { ElementBody } from '../draft';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';
import { chooseThreadTile } from './chooseThreadTile';
import { matrixStart, sumOf, times, type MatrixStack, type Product } from './product';
import {
  addProducts,
  declareSums,
  each,
  storeResults,
  tileGrid,
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
): void {
  const { batch, rows, inner, columns, left, right, symmetric } = product;
  const tile = symmetric ? { rows: 8, columns: 8 } : chooseThreadTile(product);
  const grid = symmetric ? triangleGrid : tileGrid;
  grid(w, { rows, columns, matrices: batch, tile });
  const matrix = batch > 1 ? 'matrix' : null;
  const leftStarts = starts(w, left, matrix, 'row', tile.rows, rows);
  const rightStarts = starts(w, right, matrix, 'column', tile.columns, columns);
  declareSums(w, tile);
  addProducts(w, tile, {
    count: inner,
    left: { ref: left.ref, starts: leftStarts, step: left.innerStride },
    right: { ref: right.ref, starts: rightStarts, step: right.innerStride },
  });
  const place = { ref: target, rows, columns, row: 'row', column: 'column', matrix };
  // Tiles on the diagonal are whole: there `row` is `column`.
  storeResults(w, tile, { ...place, mirror: symmetric ? 'row != column' : null }, after);
}

/** Where the thread's rows or columns start; beyond the edge the last one is read again, its results not stored. */
function starts(
  w: KernelWriter,
  stack: MatrixStack,
  matrix: string | null,
  first: string,
  count: number,
  extent: number,
): Start[] {
  const base = w.let(matrixStart(stack, matrix ?? '0u'));
  return each(count).map((n) => {
    const index = n === 0 ? first : `${first} + ${n}u`;
    const inside = extent % count === 0 ? index : `min(${index}, ${extent - 1}u)`;
    return { at: w.let(sumOf(base, times(inside, stack.stride))), ok: null };
  });
}
