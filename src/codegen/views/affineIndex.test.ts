import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount } from '../../ir/types';
import { affineIndex, coordinate, isIdentityIndex } from './affineIndex';

/** Evaluates a u32 expression of `i`. */
function evaluate(expression: string, i: number): number {
  const code = expression
    .replace(/(\d+)u/g, '$1')
    .replace(/(\w+|\([^()]*\)) \/ (\d+)/g, 'div($1, $2)');
  const run = new Function('i', 'div', `return ${code};`) as (
    i: number,
    div: (a: number, b: number) => number,
  ) => number;
  return run(i, (a, b) => Math.floor(a / b));
}

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

test('the index of a strided view is offset + Σ coordinate·stride', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }),
      fc.nat(5),
      (shape, numbers, offset) => {
        const strides = numbers.slice(0, shape.length);
        const expression = affineIndex('i', shape, strides, offset);
        for (let i = 0; i < elementCount(shape); i++) {
          const expected = rowMajorStrides(shape).reduce((sum, stride, axis) => {
            const place = Math.floor(i / stride) % (shape[axis] ?? 1);
            return sum + place * (strides[axis] ?? 0);
          }, offset);
          expect(evaluate(expression, i)).toBe(expected);
        }
      },
    ),
  );
});

test('row-major strides give the index itself', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      expect(isIdentityIndex(shape, rowMajorStrides(shape))).toBe(true);
      const expression = affineIndex('i', shape, rowMajorStrides(shape));
      expect(expression).toBe(elementCount(shape) === 1 ? '0u' : 'i');
    }),
  );
});

test('a bias and a transposition take one division at most each', () => {
  expect(affineIndex('i', [256, 128], [0, 1])).toBe('(i) % 128u');
  expect(affineIndex('i', [256, 128], [1, 256])).toBe('i / 128u + ((i) % 128u) * 256u');
  expect(coordinate('i', [5, 6, 7], 1)).toBe('((i / 7u) % 6u)');
});
