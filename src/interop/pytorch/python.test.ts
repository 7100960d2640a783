import { describe, expect, it } from 'vitest';
import { breakLine } from './breakLine';
import { camelCase, Names, pythonNumber, snakeCase } from './python';

describe('names', () => {
  it('are identifiers of Python', () => {
    expect(snakeCase('Prediction error')).toBe('prediction_error');
    expect(snakeCase('encoderX')).toBe('encoder_x');
    expect(snakeCase('R(z)')).toBe('r_z');
    expect(snakeCase('λ·σ²')).toBe('lambda_sigma2');
    expect(snakeCase('in')).toBe('in_');
    expect(snakeCase('3 views', 'node')).toBe('node_3_views');
    expect(snakeCase('…', 'node')).toBe('node');
    expect(camelCase('Encoder x')).toBe('EncoderX');
    expect(camelCase('目', 'Module')).toBe('Module');
  });

  it('are given once', () => {
    const names = new Names(['total']);
    expect(['total', 'total', 'mean'].map((name) => names.fresh(name))).toEqual([
      'total_2',
      'total_3',
      'mean',
    ]);
  });
});

it('writes numbers as Python reads them', () => {
  expect([1, -0, 0.1, 1e21, 3e38, Infinity, -Infinity].map((x) => pythonNumber(x))).toEqual([
    '1.0', '-0.0', '0.1', '1e21', '3e38', 'math.inf', '-math.inf',
  ]); // prettier-ignore
  expect(pythonNumber(3, true)).toBe('3');
});

describe('long lines', () => {
  it('break between arguments, or before operators', () => {
    const name = 'a'.repeat(40);
    expect(breakLine('x = ', 'f(a, b)')).toBe('x = f(a, b)');
    expect(breakLine('x = ', `f(${name}, (${name}, 1))`)).toBe(
      `x = f(\n    ${name},\n    (${name}, 1),\n)`.replace(
        `\n    ${name},\n    (${name}, 1),\n`,
        `\n    ${name},\n    (${name}, 1),\n`,
      ),
    );
    expect(breakLine('x = ', `${name} + ${name} * g(1, 2)`)).toBe(
      `x = (\n    ${name}\n    + ${name} * g(1, 2)\n)`,
    );
  });
});
