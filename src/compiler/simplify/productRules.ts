import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import { elementCount, type Shape, type Value } from '../../ir/types';
import { asKind, constantOf, isPlain, operandOf, scaled, type Application } from './application';
import { keep, type Rules } from './rewriteRule';
import { swapsLastAxes } from './viewRules';

export const productRules: Rules<
  'reduce' | 'argReduce' | 'dot' | 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient'
> = {
  reduce: (b, application) => {
    const x = operandOf(application, 0);
    const { kind, axes } = application.attributes;
    const count = elementCount(axes.map((axis) => defined(x.shape[axis], 'axis')));
    if (count === 1) return b.reshape(x, application.shape);
    const constant = constantOf(x);
    if (constant !== null) {
      const value = kind === 'sum' ? constant * count : constant;
      if (Number.isFinite(value) && !isPlain(value)) return null;
      return b.constant(value, application.shape, application.dtype);
    }
    const broadcast = asKind(x, 'broadcast');
    if (broadcast) return reduceOfBroadcast(b, application, broadcast, count);
    // Σ c·x = c·Σ x, with fewer products
    if (kind !== 'sum' || x.dtype !== 'f32') return null;
    const { base, factor } = scaled(x);
    return base === x ? null : b.mul(b.sum(base, axes), factor);
  },
  argReduce: (b, application) => {
    const extent = operandOf(application, 0).shape[application.attributes.axis];
    return extent === 1 ? b.constant(0, application.shape, 'i32') : null;
  },

  dot: (b, application) => {
    const [left, right] = [operandOf(application, 0), operandOf(application, 1)];
    const { transposeLeft, transposeRight } = application.attributes;
    const untransposed = (value: Value): Value | null => {
      const transpose = asKind(value, 'transpose');
      return transpose && swapsLastAxes(transpose.attributes.permutation)
        ? operandOf(transpose, 0)
        : null;
    };
    const [innerLeft, innerRight] = [untransposed(left), untransposed(right)];
    if (innerLeft === null && innerRight === null) return null;
    return b.dot(innerLeft ?? left, innerRight ?? right, {
      left: transposeLeft !== (innerLeft !== null),
      right: transposeRight !== (innerRight !== null),
    });
  },
  conv2d: keep,
  conv2dInputGradient: keep,
  conv2dFilterGradient: keep,
};

/**
 * reduce(broadcast x): axes that x does not have, or has stretched, multiply a sum by their extent and leave
 * an extreme as it is; the others reduce x itself.
 */
function reduceOfBroadcast(
  b: Builder,
  application: Application<'reduce'>,
  broadcast: Value<'broadcast'>,
  count: number,
): Value {
  const { kind, axes } = application.attributes;
  const x = operandOf(broadcast, 0);
  const own = broadcast.attributes.axes;
  const reducedOwn = own.flatMap((axis, index) => (axes.includes(axis) ? [index] : []));
  const keptAxes = own.filter((axis) => !axes.includes(axis));
  const position = (axis: number): number => axis - axes.filter((other) => other < axis).length;
  const ownCount = elementCount(reducedOwn.map((index) => defined(x.shape[index], 'axis')));
  const reduced = b.reduce(kind, x, reducedOwn);
  const whole = (value: Value, shape: Shape): Value => b.broadcast(value, shape, keptAxes.map(position)); // prettier-ignore
  return whole(kind === 'sum' ? b.mul(reduced, count / ownCount) : reduced, application.shape);
}
