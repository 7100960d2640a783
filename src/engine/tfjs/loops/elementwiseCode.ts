import { invariant } from '../../../core/invariant';
import type { AnyValue, BinaryOp, Comparison, DType, UnaryOp, Value } from '../../../ir/types';
import { functionIndex, isVectorFunction } from './vectorFunctions';
import type { VectorInstruction, WasmCode } from './wasmCode';

/** Puts operand `index` of the value on the stack: four f32, four i32, or a mask of four (all bits or none). */
export type PushOperand = (index: number) => void;

const F32_BINARY: { readonly [K in BinaryOp]?: VectorInstruction } = {
  add: 'f32x4.add',
  sub: 'f32x4.sub',
  mul: 'f32x4.mul',
  div: 'f32x4.div',
  max: 'f32x4.max',
  min: 'f32x4.min',
};

const I32_BINARY: { readonly [K in BinaryOp]?: VectorInstruction } = {
  add: 'i32x4.add',
  sub: 'i32x4.sub',
  mul: 'i32x4.mul',
  max: 'i32x4.max_s',
  min: 'i32x4.min_s',
};

const MASK_BINARY: { readonly [K in BinaryOp]?: VectorInstruction } = {
  and: 'v128.and',
  or: 'v128.or',
};

const F32_COMPARE: { readonly [K in Comparison]: VectorInstruction } = {
  lt: 'f32x4.lt',
  le: 'f32x4.le',
  gt: 'f32x4.gt',
  ge: 'f32x4.ge',
  eq: 'f32x4.eq',
  ne: 'f32x4.ne',
};

const I32_COMPARE: { readonly [K in Comparison]: VectorInstruction } = {
  lt: 'i32x4.lt_s',
  le: 'i32x4.le_s',
  gt: 'i32x4.gt_s',
  ge: 'i32x4.ge_s',
  eq: 'i32x4.eq',
  ne: 'i32x4.ne',
};

const I32_UNARY: { readonly [K in UnaryOp]?: VectorInstruction } = {
  neg: 'i32x4.neg',
  abs: 'i32x4.abs',
};

const F32_UNARY: { readonly [K in UnaryOp]?: VectorInstruction } = {
  neg: 'f32x4.neg',
  abs: 'f32x4.abs',
  sqrt: 'f32x4.sqrt',
  floor: 'f32x4.floor',
};

/** Puts a constant on the stack, as an operand of that type. */
export function pushConstant(code: WasmCode, value: number, dtype: DType): void {
  if (dtype === 'f32') code.splat(value);
  else if (dtype === 'i32') code.splatInteger(value);
  else code.splatInteger(value === 0 ? 0 : -1);
}

/** Computes one elementwise value for four elements, or in the first lane for one, and leaves it on the stack. */
export function writeElementwise(code: WasmCode, value: Value, push: PushOperand): void {
  const any = value as AnyValue;
  const operandType = any.operands[0]?.dtype ?? any.dtype;
  const both = (name: VectorInstruction | undefined): void => {
    invariant(name, `a loop computes %${any.id} (${any.kind})`);
    push(0);
    push(1);
    code.vector(name);
  };
  switch (any.kind) {
    case 'unary':
      return writeUnary(code, any.attributes.op, operandType, push);
    case 'binary': {
      const table = { f32: F32_BINARY, i32: I32_BINARY, bool: MASK_BINARY }[any.dtype];
      return both(table[any.attributes.op]);
    }
    case 'compare':
      return both((operandType === 'f32' ? F32_COMPARE : I32_COMPARE)[any.attributes.op]);
    case 'select':
      push(1);
      push(2);
      push(0);
      code.vector('v128.bitselect');
      return;
    case 'cast':
      push(0);
      return writeCast(code, operandType, any.dtype);
    case 'broadcast':
    case 'transpose':
    case 'slice':
    case 'stopGradient':
      // A copy of what the view shows.
      push(0);
      return;
    default:
      throw new Error(`Invariant broken: %${any.id} (${any.kind}) is not elementwise`);
  }
}

function writeUnary(code: WasmCode, op: UnaryOp, dtype: DType, push: PushOperand): void {
  const plain = (dtype === 'i32' ? I32_UNARY : F32_UNARY)[op];
  if (op === 'sign') return writeSign(code, dtype, push);
  push(0);
  if (plain) code.vector(plain);
  else if (op === 'not') code.vector('v128.not');
  else if (op === 'isFinite') code.vector('f32x4.abs').splat(Infinity).vector('f32x4.lt');
  else {
    invariant(isVectorFunction(op), `a loop computes ${op}`);
    code.call(functionIndex(op));
  }
}

/** 1 above zero, −1 below, and the operand itself where it is neither: zero or NaN. */
function writeSign(code: WasmCode, dtype: DType, push: PushOperand): void {
  const compare = dtype === 'f32' ? F32_COMPARE : I32_COMPARE;
  const holds = (comparison: Comparison): void => {
    push(0);
    pushConstant(code, 0, dtype);
    code.vector(compare[comparison]);
  };
  pushConstant(code, 1, dtype);
  pushConstant(code, -1, dtype);
  push(0);
  holds('lt');
  code.vector('v128.bitselect');
  holds('gt');
  code.vector('v128.bitselect');
}

/** Masks become 0 or 1; floats lose what is behind the point. */
function writeCast(code: WasmCode, from: DType, to: DType): void {
  if (from === to) return;
  if (to === 'bool') {
    pushConstant(code, 0, from);
    code.vector(from === 'f32' ? 'f32x4.ne' : 'i32x4.ne');
  } else if (from === 'bool') {
    pushConstant(code, 1, to);
    code.vector('v128.and');
  } else {
    code.vector(to === 'f32' ? 'f32x4.convert_i32x4_s' : 'i32x4.trunc_sat_f32x4_s');
  }
}
