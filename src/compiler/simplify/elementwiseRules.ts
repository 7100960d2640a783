import { defined } from '../../core/invariant';
import { COMPARE } from '../../ir/scalarFunctions';
import type { DType } from '../../ir/types';
import { asKind, constantOf, operandOf, sinkBroadcast, unaryOperand } from './application';
import { rewriteBinary, rewriteUnary } from './elementwiseRewrites';
import type { Rules } from './rewriteRule';

export const elementwiseRules: Rules<
  'unary' | 'binary' | 'compare' | 'select' | 'cast' | 'stopGradient'
> = {
  unary: rewriteUnary,
  binary: rewriteBinary,
  compare: (b, application) => {
    const left = constantOf(operandOf(application, 0));
    const right = constantOf(operandOf(application, 1));
    if (left === null || right === null) return null;
    const holds = COMPARE[application.attributes.op](left, right);
    return b.constant(holds ? 1 : 0, application.shape, 'bool');
  },
  select: (b, application) => {
    const [condition, then, otherwise] = [0, 1, 2].map((index) => operandOf(application, index));
    const [c, x, y] = [defined(condition, 'c'), defined(then, 'then'), defined(otherwise, 'else')];
    const known = constantOf(c);
    if (known !== null) return known !== 0 ? x : y;
    // c ? x : x = x
    if (x === y) return x;
    // ¬c ? x : y = c ? y : x
    const inverse = unaryOperand(c, 'not');
    return inverse ? b.select(inverse, y, x) : null;
  },
  cast: (b, application) => {
    const { to } = application.attributes;
    const x = operandOf(application, 0);
    if (x.dtype === to) return x;
    const constant = constantOf(x);
    if (constant !== null) return b.constant(castNumber(constant, to), application.shape, to);
    // Any type holds 0 and 1, so what started as bool needs no step between.
    const inner = asKind(x, 'cast');
    const from = inner && operandOf(inner, 0);
    if (from?.dtype === 'bool') return b.cast(from, to);
    return sinkBroadcast(b, x, (small) => b.cast(small, to));
  },
  // Differentiation is over.
  stopGradient: (_, application) => operandOf(application, 0),
};

function castNumber(x: number, to: DType): number {
  switch (to) {
    case 'f32':
      return x;
    case 'i32':
      return Math.trunc(x);
    case 'bool':
      return x !== 0 ? 1 : 0;
  }
}
