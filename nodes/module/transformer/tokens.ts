import { defined } from '../../../src/core/invariant';
import { problem, type InferResult } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { isImage } from '../../shared/images';
import { rowCount } from '../../shared/rows';
import { unusable } from '../../shared/shapeProblems';
import { repeated, stepsMismatch, stepsOf } from '../../shared/time';

/** What the inputs are together: `tokens` vectors of `features` numbers. */
export interface TokenLayout {
  readonly tokens: number;
  readonly features: number;
  /** The tokens are the steps of a sequence of vectors. */
  readonly overTime: boolean;
  /** A time axis that is folded into the rows: every step has its own tokens. */
  readonly time: number | null;
}

/** Tokens of one input: patches of an image, places of a list `[n, d]`; null for a vector, which every token gets. */
function ownTokens(type: TensorType, patch: number): number | null {
  const [first = 1, second = 1] = type.shape;
  if (isImage(type)) return (first / patch) * (second / patch);
  return type.shape.length === 2 ? first : null;
}

/** Numbers that one input adds to a token. */
function featuresOf(type: TensorType, patch: number): number {
  const last = type.shape.at(-1) ?? 1;
  return isImage(type) ? patch ** 2 * last : last;
}

/** The layout of inputs in which `tokenProblem` finds none. */
export function tokenLayout(types: readonly TensorType[], patch: number): TokenLayout {
  const owned = types.map((type) => ownTokens(type, patch)).find((count) => count !== null);
  const time = stepsOf(types);
  const features = types.reduce((total, type) => total + featuresOf(type, patch), 0);
  return owned === undefined
    ? { tokens: time ?? 1, features, overTime: true, time: null }
    : { tokens: owned, features, overTime: false, time };
}

/** The problem of inputs that are no tokens, or do not go together, or null. */
export function tokenProblem(types: readonly TensorType[], patch: number): InferResult | null {
  const expected = 'images, lists of vectors (n × d) or vectors';
  for (const type of types) {
    const rank = type.shape.length;
    if (rank < 1 || rank > 3) return unusable('in', type, expected);
    const [height = 1, width = 1] = type.shape;
    if (isImage(type) && (height % patch > 0 || width % patch > 0)) {
      const fitting = divisors(height).filter((size) => width % size === 0);
      return problem(
        'node.bad-parameter',
        `Patches of ${patch}×${patch} do not divide an image of ${height}×${width}.`,
        { hint: `Choose patches of ${fitting.join(', ')}.` },
      );
    }
  }
  const mismatched = stepsMismatch(types, 'in');
  if (mismatched) return mismatched;
  const counts = new Set(
    types.map((type) => ownTokens(type, patch)).filter((count) => count !== null),
  );
  if (counts.size > 1) {
    return mismatch(
      `Its inputs have different numbers of tokens (${[...counts].join(' and ')}): they are joined token by token.`,
      'Give it tensors of equally many tokens, or vectors, which every token gets.',
    );
  }
  const [first] = types;
  if (counts.size === 0 && first && stepsOf(types) === null) {
    return unusable('in', first, 'an image, a list of vectors or a sequence: a vector alone is one token', 'Use an MLP for vectors.'); // prettier-ignore
  }
  return null;
}

function mismatch(message: string, hint: string): InferResult {
  return problem('shape.mismatch', message, { portId: 'in', hint });
}

export function divisors(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((n) => count % n === 0);
}

/** The inputs side by side as `[rows, tokens, features]`, where rows are batch, or batch·time with a folded time axis. */
export function joinTokens(
  builder: Builder,
  inputs: readonly Value[],
  types: readonly TensorType[],
  patch: number,
): Value {
  const layout = tokenLayout(types, patch);
  const parts = inputs.map((input, index) => {
    const type = defined(types[index], 'type of an input');
    const value = layout.time === null ? input : foldTime(builder, input, type, layout.time);
    if (isImage(type)) return patches(builder, value, patch);
    const isList = type.shape.length === 2 || (layout.overTime && type.time !== null);
    return isList ? value : repeated(builder, value, layout.tokens);
  });
  return builder.concat(parts, 2);
}

/** `[B, time, …]`, or `[B, …]` repeated over time, as `[B·time, …]`. */
function foldTime(builder: Builder, x: Value, type: TensorType, time: number): Value {
  const timed = type.time === null ? repeated(builder, x, time) : x;
  return builder.reshape(timed, [rowCount(x) * time, ...type.shape]);
}

/** `[rows, H, W, C]` → `[rows, H/p · W/p, p·p·C]`: patches row by row, in each its pixels row by row. */
function patches(builder: Builder, x: Value, size: number): Value {
  const [rows = 1, height = 1, width = 1, channels = 1] = x.shape;
  const [down, across] = [height / size, width / size];
  // Rows of patches count as samples, and the channels as part of a row of pixels, so that two axes change places.
  const split = builder.reshape(x, [rows * down, size, across, size * channels]);
  const ordered = builder.transpose(split, [0, 2, 1, 3]);
  return builder.reshape(ordered, [rows, down * across, size * size * channels]);
}
