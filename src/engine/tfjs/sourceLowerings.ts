import { defined, invariant } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import { sampleRowsArray, uniformArray } from './hostRandom';
import { operandOf, type LoweringContext, type LoweringTable } from './lowering';

/** The i32 scalar that a random op counts by. A GPU's own scalars would have to be waited for. */
function counterOf({ slots }: LoweringContext, value: Value): number {
  const counter = slots.number(operandOf(value, 0));
  invariant(
    counter !== undefined,
    `the counter of %${value.id} (${value.kind}) is not made of the step, the iteration and constants`,
  );
  return counter;
}

function unreachedSource(value: Value): never {
  throw new Error(`Invariant broken: ${value.kind} %${value.id} is set by its repeat`);
}

export const sourceLowerings: LoweringTable<
  | 'input'
  | 'constant'
  | 'literal'
  | 'iota'
  | 'random'
  | 'sampleRows'
  | 'iteration'
  | 'carried'
  | 'repeatResult'
> = {
  input: ({ kernels, input, step }, { attributes: { role, name } }) =>
    role === 'step' ? { number: step } : { full: kernels.retain(input(role, name)) },
  constant: ({ kernels }, { attributes, shape, dtype }) => {
    if (shape.length === 0 && dtype === 'i32') return { number: attributes.value };
    const ones = shape.map(() => 1);
    return { compact: kernels.upload([attributes.value], ones, dtype) };
  },
  literal: ({ kernels }, { attributes, shape, dtype }) => ({
    full: kernels.upload(attributes.values, shape, dtype),
  }),
  iota: ({ kernels }, { attributes: { axis }, shape }) => {
    const extent = defined(shape[axis], 'axis of iota');
    const along = shape.map((_, other) => (other === axis ? extent : 1));
    const indices = Int32Array.from({ length: extent }, (_, index) => index);
    return { compact: kernels.write(indices, along, 'i32') };
  },
  random: (context, value) => {
    const numbers = uniformArray(
      value.attributes.key,
      counterOf(context, value),
      elementCount(value.shape),
    );
    return { full: context.kernels.write(numbers, value.shape, 'f32') };
  },
  sampleRows: (context, value) => {
    const { key, count } = value.attributes;
    const rows = sampleRowsArray(key, counterOf(context, value), elementCount(value.shape), count);
    return { full: context.kernels.write(rows, value.shape, 'i32') };
  },
  iteration: ({ iteration }) => ({ number: iteration }),
  carried: (_, value) => unreachedSource(value),
  repeatResult: (_, value) => unreachedSource(value),
};
