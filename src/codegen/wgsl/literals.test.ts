import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literal } from './literals';

test('every finite float32 is read back from its literal', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => {
      const code = literal(x, 'f32').replace(/[()]/g, '');
      expect(code).toMatch(/^-?\d.*f$/);
      expect(Math.fround(Number(code.slice(0, -1)))).toBe(Math.fround(x));
    }),
  );
});

test('literals carry their type', () => {
  expect(literal(1, 'f32')).toBe('1.0f');
  expect(literal(-0, 'f32')).toBe('(-0.0f)');
  expect(literal(0.1, 'f32')).toBe('0.1f');
  expect(literal(Infinity, 'f32')).toBe('infinity()');
  expect(literal(-Infinity, 'f32')).toBe('(-infinity())');
  expect(literal(-7.9, 'i32')).toBe('i32(-7)');
  expect(literal(2, 'bool')).toBe('true');
});
