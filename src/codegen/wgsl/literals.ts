import type { DType } from '../../ir/types';
import { unreachable } from '../../core/invariant';

/** The type of a value in a register. */
export function wgslType(dtype: DType): 'f32' | 'i32' | 'bool' {
  return dtype;
}

/**
 * A number as a WGSL expression of the given type. Infinity cannot be written as a constant in WGSL: it is
 * made at run time by the helper `infinity`.
 */
export function literal(value: number, dtype: DType): string {
  switch (dtype) {
    case 'bool':
      return value !== 0 ? 'true' : 'false';
    case 'i32':
      return `i32(${Math.trunc(value)})`;
    case 'f32': {
      const rounded = Math.fround(value);
      if (!Number.isFinite(rounded)) return rounded > 0 ? 'infinity()' : '(-infinity())';
      const text = Object.is(rounded, -0) ? '-0.0' : shortest(rounded);
      return text.startsWith('-') ? `(${text}f)` : `${text}f`;
    }
    default:
      return unreachable(dtype);
  }
}

/** The fewest decimal digits that give the same float32. */
function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits)).toString();
    if (Math.fround(Number(text)) === value) return decimal(text);
  }
  return decimal(Number(value.toPrecision(9)).toString());
}

function decimal(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`;
}
