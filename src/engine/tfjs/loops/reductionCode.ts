import type { ReduceKind } from '../../../ir/types';
import type { Width } from './streamCode';
import type { WasmCode } from './wasmCode';

/** A running sum or extreme: its parts in locals, and what a nest does with it. */
export interface Accumulator {
  start(): void;
  /** Takes in the elements of local `x`. */
  add(x: number, width: Width): void;
  /** Puts the total on the stack: f64 for sums, f32 for extremes. */
  total(): void;
}

/** Sums are added up in float64 and rounded once, in an order that depends on the shape alone. */
export function sumAccumulator(code: WasmCode): Accumulator {
  const [low, high, rest] = [code.local('v128'), code.local('v128'), code.local('f64')];
  return {
    start: () => {
      code.splat(0).tee(low).set(high).f64(0).set(rest);
    },
    add: (x, width) => {
      if (width === 1) {
        code.get(rest).get(x).lane('f32x4.extract_lane', 0).op('f64.promote_f32');
        code.op('f64.add').set(rest);
        return;
      }
      code.get(low).get(x).vector('f64x2.promote_low_f32x4').vector('f64x2.add').set(low);
      code.get(high).get(x).get(x).highHalf().vector('f64x2.promote_low_f32x4');
      code.vector('f64x2.add').set(high);
    },
    total: () => {
      code.get(low).get(high).vector('f64x2.add').tee(low).lane('f64x2.extract_lane', 0);
      code.get(low).lane('f64x2.extract_lane', 1).op('f64.add').get(rest).op('f64.add');
    },
  };
}

/** The extreme, or NaN when one element is NaN. */
export function extremeAccumulator(code: WasmCode, kind: 'max' | 'min'): Accumulator {
  const [lanes, rest] = [code.local('v128'), code.local('f32')];
  const vector = kind === 'max' ? 'f32x4.max' : 'f32x4.min';
  const scalar = kind === 'max' ? 'f32.max' : 'f32.min';
  return {
    start: () => {
      const least = neutral(kind);
      code.splat(least).set(lanes).f32(least).set(rest);
    },
    add: (x, width) => {
      if (width === 4) code.get(lanes).get(x).vector(vector).set(lanes);
      else code.get(rest).get(x).lane('f32x4.extract_lane', 0).op(scalar).set(rest);
    },
    total: () => {
      code.get(rest);
      for (let lane = 0; lane < 4; lane++) {
        code.get(lanes).lane('f32x4.extract_lane', lane).op(scalar);
      }
    },
  };
}

/** What changes no sum or extreme. */
export function neutral(kind: ReduceKind): number {
  return { sum: 0, max: -Infinity, min: Infinity }[kind];
}

/** Adds the elements of local `x` to the running sums (f64) or extremes (f32) at `pointer`. */
export function addToMemory(
  code: WasmCode,
  kind: ReduceKind,
  pointer: number,
  x: number,
  width: Width,
): void {
  if (kind === 'sum') {
    if (width === 1) {
      code.get(x).lane('f32x4.extract_lane', 0).op('f64.promote_f32');
      addTotalToMemory(code, kind, pointer);
      return;
    }
    const half = (offset: number, write: () => void): void => {
      code.get(pointer).get(pointer).memory('v128.load', offset);
      write();
      code.vector('f64x2.promote_low_f32x4').vector('f64x2.add').memory('v128.store', offset);
    };
    half(0, () => code.get(x));
    half(16, () => code.get(x).get(x).highHalf());
    return;
  }
  if (width === 1) {
    code.get(x).lane('f32x4.extract_lane', 0);
    addTotalToMemory(code, kind, pointer);
    return;
  }
  code.get(pointer).get(pointer).memory('v128.load').get(x);
  code.vector(kind === 'max' ? 'f32x4.max' : 'f32x4.min').memory('v128.store');
}

/** Adds the total on the stack to the running one at `pointer`. */
export function addTotalToMemory(code: WasmCode, kind: ReduceKind, pointer: number): void {
  const total = code.local(kind === 'sum' ? 'f64' : 'f32');
  code.set(total).get(pointer).get(pointer);
  if (kind === 'sum') code.memory('f64.load').get(total).op('f64.add').memory('f64.store');
  else {
    code
      .memory('f32.load')
      .get(total)
      .op(kind === 'max' ? 'f32.max' : 'f32.min');
    code.memory('f32.store');
  }
}
