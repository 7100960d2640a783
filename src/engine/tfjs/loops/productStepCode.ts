import { defined } from '../../../core/invariant';
import type { Access } from './access';
import type { ProductStep } from './steps';
import type { NestMemory } from './nestCode';
import { writeProduct, type MatrixWalk } from './productCode';
import type { WasmCode } from './wasmCode';

const BYTES = 4;

/** Writes a product; transposes and other views of its operands are steps through memory, not copies. */
export function writeProductStep(
  code: WasmCode,
  { product, left, right }: ProductStep,
  memory: NestMemory,
): void {
  const { shape, attributes } = product;
  const leftShape = defined(product.operands[0], 'left operand').shape;
  const inner = leftShape.at(attributes.transposeLeft ? -2 : -1);
  writeProduct(code, {
    batch: shape.slice(0, -2),
    rows: defined(shape.at(-2), 'rows'),
    inner: defined(inner, 'inner extent'),
    columns: defined(shape.at(-1), 'columns'),
    left: walkOf(code, left, attributes.transposeLeft, memory),
    right: walkOf(code, right, attributes.transposeRight, memory),
    pushResult: () => memory.push(product),
    pushScratch: (bytes) => memory.pushScratch(bytes),
  });
}

function walkOf(
  code: WasmCode,
  { source, strides, offset }: Access,
  isTransposed: boolean,
  memory: NestMemory,
): MatrixWalk {
  const steps = strides.map((stride) => stride * BYTES);
  const first = defined(steps.at(-2), 'step of the rows');
  const second = defined(steps.at(-1), 'step of the columns');
  return {
    push: () => {
      memory.push(source);
      if (offset > 0) code.i32(offset * BYTES).op('i32.add');
    },
    row: isTransposed ? second : first,
    column: isTransposed ? first : second,
    batch: steps.slice(0, -2),
  };
}
