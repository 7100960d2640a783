import type { AnyValue, BinaryOp, UnaryOp, Value } from '../../../ir/types';
import { VECTOR_FUNCTIONS } from './vectorFunctions';

const F32_UNARY: ReadonlySet<UnaryOp> = new Set([
  'neg',
  'abs',
  'sign',
  'floor',
  'sqrt',
  ...VECTOR_FUNCTIONS,
]);
const I32_UNARY: ReadonlySet<UnaryOp> = new Set(['neg', 'abs', 'sign']);
const F32_BINARY: ReadonlySet<BinaryOp> = new Set(['add', 'sub', 'mul', 'div', 'max', 'min']);
const I32_BINARY: ReadonlySet<BinaryOp> = new Set(['add', 'sub', 'mul', 'max', 'min']);

/**
 * Whether a loop can compute a value: element by element, or by reducing its operand's elements. Null for what
 * kernels do. Scalar integers stay with the host, which draws random numbers by them.
 */
export function loopKind(value: Value): 'elementwise' | 'reduce' | null {
  if (value.dtype === 'i32' && value.shape.length === 0) return null;
  const any = value as AnyValue;
  switch (any.kind) {
    case 'unary': {
      const { op } = any.attributes;
      if (any.dtype === 'bool') return 'elementwise';
      return (any.dtype === 'f32' ? F32_UNARY : I32_UNARY).has(op) ? 'elementwise' : null;
    }
    case 'binary': {
      const { op } = any.attributes;
      if (any.dtype === 'bool') return 'elementwise';
      return (any.dtype === 'f32' ? F32_BINARY : I32_BINARY).has(op) ? 'elementwise' : null;
    }
    case 'compare':
    case 'select':
    case 'cast':
      return 'elementwise';
    case 'reduce':
      return any.dtype === 'f32' ? 'reduce' : null;
    default:
      return null;
  }
}
