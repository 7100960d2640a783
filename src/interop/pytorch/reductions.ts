import type { Value } from '../../ir/types';
import { sizeCode } from './extents';
import { ALL, type Placement } from './placement';
import { list, method, whole, type Printed } from './printed';
import { atom, BINDING, pythonNumber, type Expression } from './python';
import type { ValuePrinter } from './valuePrinter';

/** `run.batch`, or an expression of it that binds like a product. */
export function sizedExpression(code: string): Expression {
  return {
    code,
    binding: / [+-] /.test(code)
      ? BINDING.sum
      : code.includes('*')
        ? BINDING.product
        : BINDING.atom,
  };
}

/** Takes off what dividing and multiplying has left. */
export function tidy(x: number): number {
  const near = Math.round(x);
  return near !== 0 && Math.abs(x - near) < 1e-9 * Math.abs(near) ? near : x;
}

/** n, where a factor is 1/n. */
export function divisorCode(factor: Value, printer: ValuePrinter): Expression | null {
  if (factor.kind !== 'constant') return null;
  const sized = printer.around.sizes.constant(factor);
  if (sized !== null) {
    const isInverse = sized.power === -1 && tidy(sized.factor) === 1;
    return isInverse ? sizedExpression(sizeCode(sized.size, false)) : null;
  }
  const { value } = factor.attributes as { value: number };
  const inverse = Math.round(1 / value);
  return Math.abs(value) < 1 && 1 / inverse === value && inverse > 1
    ? atom(pythonNumber(inverse, true))
    : null;
}

/** A sum times one over the number of what was added up. */
export function meanOf(
  value: Value<'binary'>,
  printer: ValuePrinter,
  place: Placement,
): Printed | null {
  const [sum, factor] = [printer.operandOf(value, 0), printer.operandOf(value, 1)];
  if (sum.kind !== 'reduce' || factor.kind !== 'constant') return null;
  if (!printer.around.isInline(sum)) return null;
  const { kind, axes } = sum.attributes as { kind: string; axes: readonly number[] };
  const of = printer.operandOf(sum, 0);
  const count = axes.reduce((product, axis) => product * (of.shape[axis] ?? 1), 1);
  const { value: given } = factor.attributes as { value: number };
  if (kind !== 'sum' || Math.abs(given * count - 1) > 1e-12) return null;
  const from = printer.around.placeOf(of);
  const byRows = from.of === 'own' && axes.includes(from.axis);
  const sized = printer.around.sizes.constant(factor);
  if ((sized !== null) !== axes.some((axis) => (printer.around.sizes.extents(of)[axis]?.perBatch ?? 0) > 0)) return null; // prettier-ignore
  if (from.of !== place.of && !byRows) return null;
  const x = printer.full(of, from);
  const dims = axes.length === of.shape.length ? [] : [axes.length === 1 ? String(axes[0]) : list(axes)]; // prettier-ignore
  return whole(
    value,
    byRows ? atom(`batch_mean(${[x.code, ...dims].join(', ')})`) : method(x, 'mean', ...dims),
  );
}

export function reduction(
  value: Value<'reduce' | 'argReduce'>,
  printer: ValuePrinter,
  axes: readonly number[],
  write: (x: Printed, dims: readonly string[]) => Expression,
): Printed {
  const operand = printer.operandOf(value, 0);
  const from = printer.around.placeOf(operand);
  const mixes = from.of === 'own' && axes.includes(from.axis);
  const isSum = value.kind === 'reduce' && (value.attributes as { kind: string }).kind === 'sum';
  const x = printer.full(operand, mixes && !isSum ? ALL : from);
  const dims = axes.length === operand.shape.length ? [] : [axes.length === 1 ? String(axes[0]) : list(axes)]; // prettier-ignore
  const made = write(x, dims);
  return whole(value, mixes && isSum ? atom(`across_ranks(${made.code})`) : made);
}
