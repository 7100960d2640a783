import type { ElementBody } from '../draft';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';
import { chooseThreadTile } from './chooseThreadTile';
import { matrixStart, sumOf, times, type MatrixStack, type Product } from './product';
import { declareSums, each, storeResults, sumName } from './tileResults';

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
  const { batch, rows, inner, columns, left, right } = product;
  const tile = chooseThreadTile(product);
  const down = Math.ceil(rows / tile.rows);
  const across = Math.ceil(columns / tile.columns);
  const threads = batch * down * across;
  w.gridWithoutGuard(threads);
  if (threads % w.threads !== 0) w.line(`if (i >= ${threads}u) { return; }`);
  w.line(`let column = ${across === 1 ? '0u' : `(i % ${across}u) * ${tile.columns}u`};`);
  const line = across === 1 ? 'i' : `(i / ${across}u)`;
  w.line(`let row = ${batch === 1 ? line : `(${line} % ${down}u)`} * ${tile.rows}u;`);
  if (batch > 1) w.line(`let matrix = i / ${across * down}u;`);
  const matrix = batch > 1 ? 'matrix' : null;

  const leftStarts = starts(w, left, matrix, 'row', tile.rows, rows);
  const rightStarts = starts(w, right, matrix, 'column', tile.columns, columns);
  declareSums(w, tile);
  w.block(`for (var k = 0u; k < ${inner}u; k++)`, () => {
    const load = (stack: MatrixStack, start: string): string =>
      w.load(stack.ref, w.let(sumOf(start, step(w, stack))));
    const elements = rightStarts.map((start) => load(right, start));
    const vectors = each(tile.columns / 4).map((v) =>
      w.let(`vec4<f32>(${elements.slice(v * 4, v * 4 + 4).join(', ')})`),
    );
    leftStarts.forEach((start, r) => {
      const a = load(left, start);
      vectors.forEach((b, v) => w.line(`${sumName(tile, r, v)} += ${a} * ${b};`));
    });
  });
  storeResults(
    w,
    tile,
    { ref: target, rows, columns, row: 'row', column: 'column', matrix },
    after,
  );
}

function step(w: KernelWriter, { innerStride }: MatrixStack): string | null {
  const code = times('k', innerStride);
  return code === null ? null : w.let(code);
}

/** Where the thread's rows or columns start; beyond the edge the last one is read again, its results not stored. */
function starts(
  w: KernelWriter,
  stack: MatrixStack,
  matrix: string | null,
  first: string,
  count: number,
  extent: number,
): string[] {
  const base = w.let(matrixStart(stack, matrix ?? '0u'));
  return each(count).map((n) => {
    const index = n === 0 ? first : `${first} + ${n}u`;
    const inside = extent % count === 0 ? index : `min(${index}, ${extent - 1}u)`;
    return w.let(sumOf(base, times(inside, stack.stride)));
  });
}
