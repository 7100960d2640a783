import type { z } from 'zod';
import { invariant } from '../../../src/core/invariant';
import type { Contrast, FunctionalContext } from '../../../src/graph/contrast';
import { defineNode, inferred, type NodeDefinition } from '../../../src/graph/nodeDefinition';

type Contrastive<Schema extends z.ZodObject> = Omit<
  NodeDefinition<Schema>,
  'time' | 'infer' | 'lower'
> &
  Partial<Pick<NodeDefinition<Schema>, 'infer'>>;

/** A sampler or a loss functional: the compiler asks it by its own contract, and never to be lowered. */
export function defineContrastive<Schema extends z.ZodObject>(
  definition: Contrastive<Schema>,
): NodeDefinition {
  return defineNode({
    infer: () => inferred({}),
    ...definition,
    time: 'aware',
    lower: () => ({}),
  });
}

/** What a functional with a `negative` input contrasts. */
export function contrastOf({ contrast }: Pick<FunctionalContext<unknown>, 'contrast'>): Contrast {
  invariant(contrast !== null, 'a contrastive functional has contrastive points');
  return contrast;
}
