import type { Kernel, Plan } from '../../src/codegen/plan';
import type { AnyValue, Program, Shape } from '../../src/ir/types';
import { elementCount } from '../../src/ir/types';

/**
 * Floating-point operations of the matrix products and convolutions that a kernel of the plan computes, two for each
 * multiplication. They are found by the value numbers in the kernel's name. Where a product is made in parts, that
 * is done by the kernel that makes the parts (`%7.parts`), not by the one that adds them up (`%7`).
 */
export function productWork({ name }: Kernel, { sections }: Plan, program: Program): number {
  const inParts = new Set(
    sections.flatMap(({ kernels }) =>
      kernels.flatMap((kernel) => [...kernel.name.matchAll(/%(\d+)\.parts/g)].map(([, id]) => id)),
    ),
  );
  const computed = [...name.matchAll(/%(\d+)(\.parts)?/g)].flatMap(([, id, parts]) =>
    parts !== undefined || !inParts.has(id) ? [Number(id)] : [],
  );
  const numbers = new Set(computed);
  const values = program.phases.flatMap((phase) => phase.values) as readonly AnyValue[];
  return values.filter(({ id }) => numbers.has(id)).reduce((sum, value) => sum + workOf(value), 0);
}

function workOf(value: AnyValue): number {
  const shapes = value.operands.map(({ shape }) => shape);
  const [first = [], second = []] = shapes;
  switch (value.kind) {
    case 'dot':
      return (
        2 * elementCount(value.shape) * (first.at(value.attributes.transposeLeft ? -2 : -1) ?? 1)
      );
    case 'conv2d':
      return 2 * elementCount(value.shape) * elementCount(second.slice(0, 3));
    case 'conv2dInputGradient':
      return convolutionWork(first, second);
    case 'conv2dFilterGradient':
      return convolutionWork(second, value.shape);
    default:
      return 0;
  }
}

/** A gradient takes as many multiplications as the convolution itself: each output element meets a filter. */
function convolutionWork(output: Shape, filter: Shape): number {
  return 2 * elementCount(output) * elementCount(filter.slice(0, 3));
}
