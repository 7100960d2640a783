import { describe, expect, it } from 'vitest';
import { defined } from '../core/invariant';
import { Builder, commonShape } from './builder';
import type { Phase, RepeatPhase, Value } from './types';

function repeatOf(phases: readonly Phase[]): RepeatPhase {
  return defined(
    phases.find((phase) => phase.kind === 'repeat'),
    'repeat',
  );
}

describe('value numbering', () => {
  it('shares equal applications, and keeps apart what differs in any part', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [2, 3], 'f32');
    expect(b.exp(x)).toBe(b.exp(x));
    expect(b.input('data', 'x', [2, 3], 'f32')).toBe(x);
    expect(b.reshape(x, [6])).not.toBe(b.reshape(x, [3, 2]));
    expect(b.constant(0)).not.toBe(b.constant(-0));
    expect(b.constant(Infinity)).not.toBe(b.constant(-Infinity));
    expect(b.constant(1, [], 'i32')).not.toBe(b.constant(1));
    expect(b.sub(x, b.exp(x))).not.toBe(b.sub(b.exp(x), x));
  });

  it('attributes a value to the node that first asked for it', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [2], 'f32');
    const first = b.withOrigin('a', () => b.exp(x));
    expect(b.withOrigin('b', () => b.exp(x))).toBe(first);
    expect(first.origin).toBe('a');
    expect(b.log(x).origin).toBe(null);
  });
});

describe('operands', () => {
  it('broadcast as in NumPy', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [4, 1, 3], 'f32');
    const y = b.input('data', 'y', [5, 1], 'f32');
    expect(b.add(x, y).shape).toEqual([4, 5, 3]);
    expect(b.add(2, x).shape).toEqual([4, 1, 3]);
    expect(b.select(b.compare('gt', y, 0), 1, 0).shape).toEqual([5, 1]);
    expect(commonShape([], [2, 1])).toEqual([2, 1]);
    expect(() => commonShape([2, 3], [3, 2])).toThrow('do not broadcast');
  });

  it('take the other operand’s type for numbers', () => {
    const b = new Builder();
    const step = b.input('step', 'step', [], 'i32');
    expect(b.add(step, 1).dtype).toBe('i32');
    expect(b.compare('lt', step, 3).dtype).toBe('bool');
  });

  it('are checked against the op’s rule', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [2, 3], 'f32');
    const index = b.input('data', 'i', [4], 'i32');
    const misuses: (() => Value)[] = [
      () => b.unary('exp', index),
      () => b.unary('not', x),
      () => b.binary('and', x, x),
      () => b.div(index, 2),
      () => b.reshape(x, [5]),
      () => b.transpose(x, [0, 0]),
      () => b.broadcast(x, [2, 4], [0, 1]),
      () => b.broadcast(x, [3, 2], [1, 0]),
      () => b.slice(x, [0, 2], [2, 2]),
      () => b.slice(x, [0, 0], [2, 4]),
      () => b.pad(x, [-1, 0], [0, 0]),
      () => b.concat([x, b.reshape(x, [3, 2])], 0),
      () => b.reduce('sum', x, [1, 1]),
      () => b.reduce('sum', x, [2]),
      () => b.dot(x, x),
      () => b.gather(x, x),
      () => b.scatterAdd(index, x, [5, 3]),
      () => b.literal([1, 2], [3]),
    ];
    for (const misuse of misuses) expect(misuse, misuse.toString()).toThrow('Invariant broken');
  });
});

describe('repeat', () => {
  it('puts what does not vary before the loop', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [3], 'f32');
    const [result] = b.repeat(4, [x], ([now]) => [b.add(defined(now, 'x'), b.exp(x))]);
    const sum = b.sum(defined(result, 'result'));
    const phases = b.takePhases();
    expect(phases.map(({ kind }) => kind)).toEqual(['block', 'repeat', 'block']);
    expect(phases[0]?.values.map(({ kind }) => kind)).toEqual(['input', 'unary']);
    const { values, carried, count } = repeatOf(phases);
    expect(count).toBe(4);
    expect(values.map(({ kind }) => kind)).toEqual(['iteration', 'carried', 'binary']);
    expect(carried[0]?.result).toBe(result);
    expect(phases[2]?.values).toEqual([sum]);
  });

  it('keeps equal values of different loops apart', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [], 'f32');
    const square = (): Value[] => b.repeat(2, [x], ([now]) => [b.square(defined(now, 'x'))]);
    expect(square()[0]).not.toBe(square()[0]);
  });

  it('does nothing for a count of 0, and refuses nesting and changed types', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [2], 'f32');
    expect(b.repeat(0, [x], () => [b.exp(x)])).toEqual([x]);
    expect(() => new Builder().repeat(1.5, [], () => [])).toThrow('whole, static count');
    expect(() => b.repeat(2, [x], () => b.repeat(2, [x], ([now]) => [defined(now, 'x')]))).toThrow(
      'do not nest',
    );
    const other = new Builder();
    const y = other.input('data', 'y', [2], 'f32');
    expect(() => other.repeat(2, [y], ([now]) => [other.sum(defined(now, 'y'))])).toThrow(
      'changes its type',
    );
  });

  it('is closed after its phases are taken', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [2], 'f32');
    b.takePhases();
    expect(() => b.exp(x)).toThrow('have been taken');
  });
});
