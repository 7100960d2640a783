import { formatWhole } from '../../src/core/formatNumber';
import { problem, type NodeProblem } from '../../src/graph/nodeDefinition';
import type { InferResult } from '../../src/graph/nodeDefinition';
import { formatTensorType, sameTensorType, type TensorType } from '../../src/graph/ports';

/** Largest array that a node makes out of its parameters: 2²⁵ numbers, 128 MB. */
export const LARGEST_ARRAY = 2 ** 25;

/** The problem of two inputs that must have one shape (and length) and do not, or null; `portId` is the second one's. */
export function shapeMismatch(
  [nameA, a]: readonly [string, TensorType],
  [nameB, b]: readonly [string, TensorType],
  portId: string,
): InferResult | null {
  if (sameTensorType(a, b)) return null;
  return problem(
    'shape.mismatch',
    `${nameA} is ${formatTensorType(a)} and ${nameB} is ${formatTensorType(b)}: they must have one shape.`,
    {
      portId,
      hint: 'Set the width or the output shape of the module in front, or put a Flatten there.',
    },
  );
}

/** The problem of an array over the limit, or null. */
export function tooLarge(what: string, count: number, hint: string): InferResult | null {
  if (count <= LARGEST_ARRAY) return null;
  return problem(
    'shape.too-large',
    `${what} would hold ${formatWhole(count)} numbers, over the limit of ${formatWhole(LARGEST_ARRAY)}.`,
    { hint },
  );
}

/** A problem about one input whose shape the node cannot use. */
export function unusable(
  port: string,
  type: TensorType,
  expected: string,
  hint?: NodeProblem['hint'],
): InferResult {
  return problem(
    'shape.invalid',
    `“${port}” is ${formatTensorType(type)}: expected ${expected}.`,
    hint === undefined ? { portId: port } : { portId: port, hint },
  );
}
