import { defined, invariant } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import { contributions } from './gradientRules';

/**
 * Reverse-mode differentiation: ∂output/∂w for each w of `wrt`, of w's shape, as further values of the same
 * builder. `output` is an f32 scalar. Where it does not depend on w, the gradient is a constant zero.
 *
 * Gradients are made of the same ops, so they can be differentiated again. Inside a repeat, carried values may
 * be in `wrt`. The result of a repeat is a constant: what inference found is not differentiated through
 * (envelope theorem, docs/semantics.md §4 rule 1). New values are attributed to the node of the value
 * whose derivative they belong to.
 */
export function gradients(builder: Builder, output: Value, wrt: readonly Value[]): Value[] {
  invariant(
    output.shape.length === 0 && output.dtype === 'f32',
    'only an f32 scalar can be differentiated',
  );
  const reaching = reachesAny(output, new Set(wrt.map(({ id }) => id)));
  const gradientOf = new Map<number, Value>([[output.id, builder.constant(1)]]);
  // A value is made after its operands, so descending ids visit every use before the value.
  const order = [...reaching].sort((a, b) => b.id - a.id);
  const relevant = new Set(order.map(({ id }) => id));
  for (const value of order) {
    const upstream = gradientOf.get(value.id);
    if (upstream === undefined) continue;
    builder.withOrigin(value.origin, () => {
      contributions(builder, value, upstream).forEach((contribution, index) => {
        const operand = defined(value.operands[index], 'operand');
        if (contribution === null || !relevant.has(operand.id)) return;
        const made = contribution();
        const before = gradientOf.get(operand.id);
        gradientOf.set(operand.id, before ? builder.add(before, made) : made);
      });
    });
  }
  return wrt.map((value) => {
    const slope = reaching.has(value) ? gradientOf.get(value.id) : undefined;
    return slope
      ? builder.remark(slope, { what: 'gradient', output, by: value })
      : builder.constant(0, value.shape);
  });
}

/** The f32 values on a path from `output` down to one of `targets`. */
function reachesAny(output: Value, targets: ReadonlySet<number>): Set<Value> {
  const reaching = new Set<Value>();
  const answer = new Map<number, boolean>();
  // Iterative, as graphs of unrolled modules are deep.
  const stack: Value[] = [output];
  while (stack.length > 0) {
    const value = defined(stack.at(-1), 'value');
    if (answer.has(value.id)) {
      stack.pop();
      continue;
    }
    const unknown = value.operands.filter(({ id }) => !answer.has(id));
    if (unknown.length > 0) {
      stack.push(...unknown);
      continue;
    }
    stack.pop();
    const reaches =
      value.dtype === 'f32' &&
      (targets.has(value.id) || value.operands.some(({ id }) => answer.get(id) === true));
    answer.set(value.id, reaches);
    if (reaches) reaching.add(value);
  }
  return reaching;
}
