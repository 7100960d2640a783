import type { WeightSpec } from '../../../src/graph/nodeDefinition';
import type { LinearSpec } from '../../shared/linear';
import { linearWeights } from '../../shared/linear';
import { normalisationWeights } from '../../shared/normalisation';
import type { TokenLayout } from './tokens';

export interface TransformerSize {
  readonly width: number;
  readonly depth: number;
  /** Width of the hidden layer of each block's MLP, as a multiple of `width`. */
  readonly expansion: number;
}

interface Block {
  readonly attentionNorm: string;
  /** Queries, keys and values in one product. */
  readonly attention: LinearSpec;
  readonly projection: LinearSpec;
  readonly mlpNorm: string;
  readonly hidden: LinearSpec;
  readonly output: LinearSpec;
}

export const FINAL_NORM = 'norm.';
/** What stands in for hidden tokens: `[width]`. */
export const MASK_TOKEN = 'maskToken';

export function embedding(
  { features }: Pick<TokenLayout, 'features'>,
  { width }: TransformerSize,
): LinearSpec {
  return { prefix: 'embedding.', inputs: features, outputs: width, bias: true };
}

/** The blocks; the names of their weights start with the block's number. */
export function transformerBlocks({ width, depth, expansion }: TransformerSize): Block[] {
  const layer = (prefix: string, inputs: number, outputs: number): LinearSpec => ({
    prefix,
    inputs,
    outputs,
    bias: true,
  });
  return Array.from({ length: depth }, (_, block) => ({
    attentionNorm: `${block}.attentionNorm.`,
    attention: layer(`${block}.attention.`, width, 3 * width),
    projection: layer(`${block}.projection.`, width, width),
    mlpNorm: `${block}.mlpNorm.`,
    hidden: layer(`${block}.mlp.0.`, width, expansion * width),
    output: layer(`${block}.mlp.1.`, expansion * width, width),
  }));
}

/** All weights, in the order of their use. Positions and the token of a mask start as N(0, 0.02²), as ViT's and MAE's do. */
export function transformerWeights(
  layout: TokenLayout,
  size: TransformerSize,
  replacesMasked: boolean,
): WeightSpec[] {
  const { width } = size;
  const initial = { kind: 'normal', deviation: 0.02 } as const;
  const norm = (prefix: string): WeightSpec[] => normalisationWeights('layer', prefix, width);
  return [
    ...linearWeights(embedding(layout, size)),
    ...(replacesMasked ? [{ name: MASK_TOKEN, shape: [width], initial }] : []),
    { name: 'position', shape: [layout.tokens, width], initial },
    ...transformerBlocks(size).flatMap((block) => [
      ...norm(block.attentionNorm),
      ...linearWeights(block.attention),
      ...linearWeights(block.projection),
      ...norm(block.mlpNorm),
      ...linearWeights(block.hidden),
      ...linearWeights(block.output),
    ]),
    ...norm(FINAL_NORM),
  ];
}
