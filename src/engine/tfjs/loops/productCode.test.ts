import { describe, expect, it } from 'vitest';
import { RandomStream, randomKey } from '../../../core/random';
import { writeProduct } from './productCode';
import { WasmCode } from './wasmCode';
import { assembleModule } from './wasmModule';

interface Operand {
  /** In elements. */
  readonly start: number;
  readonly row: number;
  readonly column: number;
  readonly batch: readonly number[];
}

interface Case {
  readonly batch: readonly number[];
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly left: Operand;
  readonly right: Operand;
}

const MEMORY_ELEMENTS = 65_536;
const RESULT = 40_000;
const SCRATCH = 60_000;
const MARGIN = 12345;

/** Whole numbers: float32 adds them without error, so results must be equal. */
const FILLING = ((): Float32Array => {
  const random = new RandomStream(randomKey(3, 'product', 'test'));
  const numbers = Float32Array.from({ length: MEMORY_ELEMENTS }, () => random.integer(19) - 9);
  return numbers.fill(MARGIN, RESULT, SCRATCH);
})();

function filledMemory(): { memory: WebAssembly.Memory; numbers: Float32Array } {
  const memory = new WebAssembly.Memory({ initial: (MEMORY_ELEMENTS * 4) / 65_536 });
  const numbers = new Float32Array(memory.buffer);
  numbers.set(FILLING);
  return { memory, numbers };
}

function multiply(
  numbers: Float32Array,
  { batch, rows, inner, columns, left, right }: Case,
): number[] {
  const result: number[] = [];
  const visit = (axis: number, a: number, b: number): void => {
    const extent = batch[axis];
    if (extent !== undefined) {
      for (let i = 0; i < extent; i++) {
        visit(axis + 1, a + i * (left.batch[axis] ?? 0), b + i * (right.batch[axis] ?? 0));
      }
      return;
    }
    for (let m = 0; m < rows; m++) {
      for (let n = 0; n < columns; n++) {
        let total = 0;
        for (let k = 0; k < inner; k++) {
          const x = numbers[a + m * left.row + k * left.column] ?? NaN;
          const y = numbers[b + k * right.row + n * right.column] ?? NaN;
          total += x * y;
        }
        result.push(total);
      }
    }
  };
  visit(0, left.start, right.start);
  return result;
}

function expectProduct(product: Case): void {
  const { memory, numbers } = filledMemory();
  const expected = multiply(numbers, product);
  const code = new WasmCode(0);
  const walk = ({ start, row, column, batch }: Operand) => ({
    push: () => {
      code.i32(start * 4);
    },
    row: row * 4,
    column: column * 4,
    batch: batch.map((step) => step * 4),
  });
  writeProduct(code, {
    ...product,
    left: walk(product.left),
    right: walk(product.right),
    pushResult: () => code.i32(RESULT * 4),
    pushScratch: () => code.i32(SCRATCH * 4),
  });
  const bytes = assembleModule([{ parameters: [], results: [], code, name: 'run' }], false);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  (exports['run'] as () => void)();
  const made = [...numbers.subarray(RESULT, RESULT + expected.length)];
  expect(made, JSON.stringify(product)).toEqual(expected);
  // Nothing is written behind the result.
  expect(numbers[RESULT + expected.length]).toBe(MARGIN);
}

describe('writeProduct', () => {
  it('is exact for every edge of a tile, with either operand transposed', () => {
    for (const rows of [1, 3, 4, 5, 9]) {
      for (const columns of [1, 2, 4, 5, 7, 8, 9, 16, 19]) {
        for (const inner of [1, 2, 13]) {
          for (const transposed of [0, 1, 2, 3]) {
            const left = transposed & 1 ? { row: 1, column: rows } : { row: inner, column: 1 };
            const right = transposed & 2 ? { row: 1, column: inner } : { row: columns, column: 1 };
            expectProduct({
              batch: [],
              rows,
              inner,
              columns,
              left: { start: 7, ...left, batch: [] },
              right: { start: 2000, ...right, batch: [] },
            });
          }
        }
      }
    }
  });

  it('takes views: batch axes in any order, repeated operands', () => {
    // Left is stored as [token, head, feature], right is shared by the outer batch axis.
    expectProduct({
      batch: [3, 4],
      rows: 6,
      inner: 5,
      columns: 10,
      left: { start: 3, row: 20, column: 1, batch: [120, 5] },
      right: { start: 5000, row: 10, column: 1, batch: [0, 50] },
    });
  });
});
