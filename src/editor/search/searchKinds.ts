import type { Category, NodeDefinition } from '../../graph/nodeDefinition';

export const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  data: 'Data',
  view: 'Views',
  module: 'Modules',
  latent: 'Latent variables',
  energy: 'Energies',
  reg: 'Regularizers',
  loss: 'Loss functionals',
  negative: 'Negatives',
  op: 'Operators',
  weights: 'Weight links',
  probe: 'Probes',
  note: 'Notes',
};

/** The order of the palette. */
export const CATEGORIES = Object.keys(CATEGORY_TITLES) as readonly Category[];

/**
 * Kinds that match all words of the query, best first: title, then kind and category, then help text. All of them in
 * their own order for an empty query.
 */
export function searchKinds(
  definitions: readonly NodeDefinition[],
  query: string,
): readonly NodeDefinition[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return definitions;
  return definitions
    .map((definition) => ({ definition, score: scoreKind(definition, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}

function scoreKind(definition: NodeDefinition, words: readonly string[]): number {
  const { title, kind, category, help } = definition;
  const fields = [
    [title.toLowerCase(), 8],
    [kind.toLowerCase(), 4],
    [CATEGORY_TITLES[category].toLowerCase(), 3],
    [roles(definition), 3],
    [help.toLowerCase(), 1],
  ] as const;
  let total = 0;
  for (const word of words) {
    let best = 0;
    for (const [text, value] of fields) {
      if (!text.includes(word)) continue;
      best = Math.max(best, text.startsWith(word) ? value * 2 : value);
    }
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

/** What else a kind is called, by its parameters: an MLP is found as encoder and as predictor. */
function roles({ params }: NodeDefinition): string {
  const field = params.shape['role'] as { def?: { innerType?: { options?: unknown } } } | undefined;
  const options = field?.def?.innerType?.options;
  return Array.isArray(options) ? options.join(' ').toLowerCase() : '';
}
