import type { DType } from '../../../ir/types';
import type { WasmCode } from './wasmCode';

/** How many elements a body computes: four, or one in the first lane. */
export type Width = 4 | 1;

/** Loads the next elements at `pointer`, all lanes the same when `isRepeated`; leaves them on the stack. */
export function writeLoad(
  code: WasmCode,
  pointer: number,
  dtype: DType,
  width: Width,
  isRepeated: boolean,
): void {
  code.get(pointer);
  if (dtype !== 'bool') {
    if (isRepeated) code.memory('v128.load32_splat');
    else code.memory(width === 4 ? 'v128.load' : 'v128.load32_zero');
    return;
  }
  // Masks are bytes in memory, 0 or 1.
  if (isRepeated || width === 1) code.memory('i32.load8_u').vector('i32x4.splat');
  else {
    code.memory('v128.load32_zero').vector('i16x8.extend_low_i8x16_u');
    code.vector('i32x4.extend_low_i16x8_u');
  }
  code.vector('i32x4.neg');
}

/** Stores the elements of local `value` at `pointer`. */
export function writeStore(
  code: WasmCode,
  pointer: number,
  value: number,
  dtype: DType,
  width: Width,
): void {
  code.get(pointer).get(value);
  if (dtype !== 'bool') {
    if (width === 4) code.memory('v128.store');
    else code.storeLane32();
    return;
  }
  if (width === 1) {
    code.lane('i32x4.extract_lane', 0).i32(1).op('i32.and').memory('i32.store8');
    return;
  }
  const mask = code.local('v128');
  code.splatInteger(1).vector('v128.and').tee(mask).get(mask).vector('i16x8.narrow_i32x4_u');
  code.tee(mask).get(mask).vector('i8x16.narrow_i16x8_u').storeLane32();
}
