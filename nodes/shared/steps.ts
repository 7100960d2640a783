import { problem, type InferResult } from '../../src/graph/nodeDefinition';
import type { TensorType } from '../../src/graph/ports';
import type { Builder } from '../../src/ir/builder';
import { elementCount, type Value } from '../../src/ir/types';
import { unusable } from './shapeProblems';

/** The problem of an input that has no two steps that follow each other, or null. */
export function stepsProblem(port: string, type: TensorType): InferResult | null {
  if (type.time === null) return unusable(port, type, 'a sequence, with a time axis');
  if (type.time >= 2) return null;
  return problem('shape.invalid', `“${port}” has one step: expected at least two.`, {
    portId: port,
    hint: 'Make the sequences of the data longer, or cut less of them off.',
  });
}

/** Steps `start` to `end` of all samples as rows: `[B, T, …shape]` → `[B·(end − start), size]`. */
export function stepRows(builder: Builder, x: Value, start: number, end: number): Value {
  const [rows = 1, , ...shape] = x.shape;
  const span = builder.sliceAxis(x, 1, start, end);
  return builder.reshape(span, [rows * (end - start), elementCount(shape)]);
}
