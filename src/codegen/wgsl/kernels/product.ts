import { defined } from '../../../core/invariant';
import { elementCount, type Shape, type Value } from '../../../ir/types';
import { affineIndex } from '../../views/affineIndex';
import { affineView } from '../../views/affineView';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import type { Accumulation } from './accumulate';

/** A stack of matrices in memory: element (b…, i, k), k being the inner index, by one stride an axis. */
export interface MatrixStack {
  readonly ref: Ref;
  readonly batchShape: Shape;
  readonly batchStrides: readonly number[];
  readonly offset: number;
  /** Of the index that the result keeps: the left operand's row, the right one's column. */
  readonly stride: number;
  readonly innerStride: number;
}

/** [...batch, rows, inner] · [...batch, inner, columns]. */
export interface Product {
  readonly batch: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly left: MatrixStack;
  readonly right: MatrixStack;
  /** Whether it is AᵀA or AAᵀ: then one triangle is computed, and the other one is its mirror image. */
  readonly symmetric: boolean;
}

export type RefOf = (value: Value) => Ref | null;

/** Extents of a product, without where its operands are. */
export type ProductShape = Pick<Product, 'batch' | 'rows' | 'inner' | 'columns'>;

export function productShape(value: Value<'dot'>): ProductShape {
  const rank = value.shape.length;
  const left = defined(value.operands[0], 'left operand');
  return {
    batch: elementCount(value.shape.slice(0, rank - 2)),
    rows: defined(value.shape[rank - 2], 'rows'),
    columns: defined(value.shape[rank - 1], 'columns'),
    inner: defined(
      left.shape[value.attributes.transposeLeft ? rank - 2 : rank - 1],
      'inner extent',
    ),
  };
}

/** A product with its operands, which may be views: these are index arithmetic, not copies. */
export function productOf(value: Value<'dot'>, refOf: RefOf): Product {
  const { transposeLeft, transposeRight } = value.attributes;
  const left = defined(value.operands[0], 'left operand');
  const right = defined(value.operands[1], 'right operand');
  return {
    ...productShape(value),
    left: matrixStack(left, transposeLeft, refOf),
    right: matrixStack(right, !transposeRight, refOf),
    symmetric: left === right && transposeLeft !== transposeRight,
  };
}

function matrixStack(operand: Value, innerFirst: boolean, refOf: RefOf): MatrixStack {
  const { base, strides, offset } = affineView(operand, (value) => refOf(value) !== null);
  const rank = operand.shape.length;
  const [first, second] = [strides[rank - 2], strides[rank - 1]];
  return {
    ref: defined(refOf(base), `place of operand %${operand.id}`),
    batchShape: operand.shape.slice(0, rank - 2),
    batchStrides: strides.slice(0, rank - 2),
    offset,
    stride: defined(innerFirst ? second : first, 'stride'),
    innerStride: defined(innerFirst ? first : second, 'stride'),
  };
}

/** Code of where matrix number `batch` of a stack starts. */
export function matrixStart(
  { batchShape, batchStrides, offset }: MatrixStack,
  batch: string,
): string {
  return affineIndex(batch, batchShape, batchStrides, offset);
}

/** `count` times a stride, as code; null when it is nothing. */
export function times(count: string, stride: number): string | null {
  if (stride === 0 || count === '0u') return null;
  return stride === 1 ? count : `(${count}) * ${stride}u`;
}

/** A sum of the terms that there are. */
export function sumOf(...terms: readonly (string | null)[]): string {
  const present = terms.filter((term) => term !== null && term !== '0u');
  return present.length === 0 ? '0u' : present.join(' + ');
}

/** Products with results that are too few or too thin for tiles: their parallelism comes from the inner extent. */
const TILED_FROM = 256;

export function isTiled({ batch, rows, columns, inner }: ProductShape): boolean {
  return batch * rows * columns >= TILED_FROM && rows >= 4 && columns >= 4 && inner >= 4;
}

/** The product as sums of `inner` terms. */
export function productAsAccumulation(value: Value<'dot'>, refOf: RefOf): Accumulation {
  const { batch, rows, inner, columns } = productShape(value);
  return {
    outputs: batch * rows * columns,
    terms: inner,
    combine: 'sum',
    dtype: 'f32',
    innerLoop: null,
    term: (w, output, term) => {
      const { left, right } = productOf(value, refOf);
      const row = columns === 1 ? output : `(${output} / ${columns}u)`;
      const matrix = batch === 1 ? '0u' : w.let(`${output} / ${rows * columns}u`);
      const a = element(w, left, matrix, rows === 1 ? '0u' : w.let(`${row} % ${rows}u`), term);
      const column = columns === 1 ? '0u' : w.let(`${output} % ${columns}u`);
      const b = element(w, right, matrix, column, term);
      return `${a} * ${b}`;
    },
  };
}

function element(
  w: KernelWriter,
  stack: MatrixStack,
  matrix: string,
  index: string,
  term: string,
): string {
  const start = w.let(sumOf(matrixStart(stack, matrix), times(index, stack.stride)));
  return w.load(stack.ref, w.let(sumOf(start, times(term, stack.innerStride))));
}

/** Terms that a part of a product keeps at least. */
const LEAST_INNER = 128;

/**
 * Into how many parts of its inner extent a product is cut, whose sums a second kernel adds up: 1 unless its results
 * are too few to keep the machine busy, as with the gradients of small weights over large batches. A divisor of
 * the inner extent, so that all parts are equal.
 */
export function productParts(
  { batch, rows, inner, columns }: ProductShape,
  cooperative: boolean,
): number {
  const [side, busy] = cooperative ? [32, 64] : [8, 32];
  const pieces = Math.ceil(rows / side) * Math.ceil(columns / side);
  if (batch > 1 || pieces > busy / 2) return 1;
  const most = Math.min(Math.floor(busy / pieces), Math.floor(inner / LEAST_INNER));
  for (let parts = most; parts > 1; parts--) if (inner % parts === 0) return parts;
  return 1;
}

/** The parts of a product as a stack of products. */
export function partsOf(product: Product, parts: number): Product {
  const inner = product.inner / parts;
  const cut = (stack: MatrixStack): MatrixStack => ({
    ...stack,
    batchShape: [parts],
    batchStrides: [inner * stack.innerStride],
  });
  return { ...product, batch: parts, inner, left: cut(product.left), right: cut(product.right) };
}
