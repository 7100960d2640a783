import type { NodeDefinition } from '../../graph/nodeDefinition';

/**
 * How a node is drawn (docs/product.md §3, visual grammar). Shape says what colour says:
 * variables are circles, energies squares, regularizers chamfered, losses pointed, modules show their role.
 */
export type Outline =
  | 'filledCircle'
  | 'openCircle'
  | 'dashedCircle'
  | 'narrowing'
  | 'widening'
  | 'straight'
  | 'pill'
  | 'bar'
  | 'square'
  | 'chamfered'
  | 'pointed'
  | 'link'
  | 'lens'
  | 'paper';

export function nodeOutline(
  definition: NodeDefinition | undefined,
  params: Readonly<Record<string, unknown>>,
): Outline {
  if (definition === undefined) return 'straight';
  switch (definition.category) {
    case 'data':
      return 'filledCircle';
    case 'latent':
      return 'openCircle';
    case 'negative':
      return 'dashedCircle';
    case 'module':
      return moduleOutline(params['role']);
    case 'op':
      return definition.traits?.(params).stopsGradient === true ? 'bar' : 'pill';
    case 'view':
      return 'pill';
    case 'energy':
      return 'square';
    case 'reg':
      return 'chamfered';
    case 'loss':
      return 'pointed';
    case 'weights':
      return 'link';
    case 'probe':
      return 'lens';
    case 'note':
      return 'paper';
  }
}

function moduleOutline(role: unknown): Outline {
  switch (role) {
    case 'encoder':
      return 'narrowing';
    case 'decoder':
    case 'expander':
      return 'widening';
    default:
      return 'straight';
  }
}

export function isCircle(outline: Outline): boolean {
  return outline === 'filledCircle' || outline === 'openCircle' || outline === 'dashedCircle';
}
