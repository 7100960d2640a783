import { expect, it } from 'vitest';
import { defined } from '../core/invariant';
import { Builder } from './builder';
import { printProgram } from './print';
import type { Program } from './types';
import { verifyProgram } from './verify';

function example(): Program {
  const builder = new Builder();
  const x = builder.input('data', 'x', [4, 3], 'f32');
  const w = builder.input('state', 'w', [3, 2], 'f32');
  const rate = builder.input('live', 'rate', [], 'f32');
  const y = builder.withOrigin('encoder', () => builder.unary('tanh', builder.dot(x, w)));
  const [z] = builder.repeat(3, [y], ([now], iteration) => [
    builder.add(builder.mul(defined(now, 'z'), rate), builder.cast(iteration, 'f32')),
  ]);
  const loss = builder.mean(defined(z, 'z'));
  const next = builder.mul(w, 0.5);
  return {
    data: [{ name: 'x', shape: [4, 3], dtype: 'f32' }],
    state: [
      {
        name: 'w',
        shape: [3, 2],
        dtype: 'f32',
        initializer: { kind: 'uniform', bound: 0.5, key: [1, 2] },
        purpose: 'weight',
        origin: 'encoder',
      },
    ],
    live: [{ name: 'rate', initial: 0.1 }],
    phases: builder.takePhases(),
    updates: new Map([['w', next]]),
    metrics: new Map([['loss', loss]]),
    outputs: new Map(),
  };
}

it('prints every part of a program', () => {
  const program = example();
  expect(printProgram(program)).toMatchInlineSnapshot(`
    "data x f32[4×3]
    state w f32[3×2] = uniform {bound: 0.5, key: [1 2]} (weight)  # encoder
    live rate = 0.1
    block
      %0 f32[4×3] = input() {role: data, name: x}
      %1 f32[3×2] = input() {role: state, name: w}
      %2 f32 = input() {role: live, name: rate}
      %3 f32[4×2] = dot(%0, %1) {transposeLeft: false, transposeRight: false}  # encoder
      %4 f32[4×2] = unary(%3) {op: tanh}  # encoder
      %5 f32[4×2] = broadcast(%2) {axes: []}
    repeat 3 times, carrying
      %7 from %4 to %11
      do
        %6 i32 = iteration() {repeat: 0}
        %7 f32[4×2] = carried() {repeat: 0, index: 0}
        %8 f32[4×2] = binary(%7, %5) {op: mul}
        %9 f32 = cast(%6) {to: f32}
        %10 f32[4×2] = broadcast(%9) {axes: []}
        %11 f32[4×2] = binary(%8, %10) {op: add}
      %12 f32[4×2] = repeatResult() {repeat: 0, index: 0}
    block
      %13 f32 = reduce(%12) {kind: sum, axes: [0 1]}
      %14 f32 = constant() {value: 0.125}
      %15 f32 = binary(%13, %14) {op: mul}
      %16 f32[3×2] = constant() {value: 0.5}
      %17 f32[3×2] = binary(%1, %16) {op: mul}
    update w = %17
    metric loss = %15
    "
  `);
});

it('gives equal text for equal programs', () => {
  expect(printProgram(example())).toBe(printProgram(example()));
});

it('prints a program that verifies', () => {
  expect(() => verifyProgram(example())).not.toThrow();
});
