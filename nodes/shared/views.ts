import { inferred, type InferResult, type LowerContext } from '../../src/graph/nodeDefinition';
import type { InferContext } from '../../src/graph/nodeDefinition';
import type { Ports } from '../../src/graph/ports';
import type { Value } from '../../src/ir/types';
import { isImage } from './images';
import { tensorInput, tensorOutput } from './ports';
import { unusable } from './shapeProblems';

/** All views change one tensor and keep its shape. */
export const VIEW_PORTS: Ports = {
  inputs: [tensorInput('in', 'What is changed.')],
  outputs: [tensorOutput('out', 'The same, changed at random: anew in each step and each sample.')],
};

export function inferSame<P>({ inputs }: InferContext<P>): InferResult {
  return inferred({ out: inputs.one('in') });
}

/** For views of images only. */
export function inferImage<P>(context: InferContext<P>): InferResult {
  const input = context.inputs.one('in');
  return isImage(input)
    ? inferSame(context)
    : unusable('in', input, 'an image, height × width × channels');
}

/** A view passes its input on in evaluation, unless it is asked to act there too (docs/semantics.md §9). */
export function lowerView<P extends { readonly inEvaluation: boolean }>(
  context: LowerContext<P>,
  change: (input: Value) => Value,
): { out: Value } {
  const input = context.inputs.one('in');
  const acts = context.mode === 'train' || context.params.inEvaluation;
  return { out: acts ? change(input) : input };
}
