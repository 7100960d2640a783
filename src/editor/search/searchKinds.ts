import type { z } from 'zod';
import type { Category } from '../../graph/nodeDefinition';
import { parameterMeta } from '../../graph/parameterMeta';
import { resolveParameters } from '../parameters/resolveParameters';
import type { KindEntry } from './kindEntries';
import { nameMatch, wordMatch, wordsOf, type Words } from './words';

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

/** What a word counts in a text, and what it adds where a title or a synonym is the whole query. */
const WORTH = {
  title: 10,
  synonym: 7,
  kind: 4,
  category: 3,
  source: 2,
  help: 2,
  parameters: 1,
} as const;
const WHOLE_TITLE = 20;
const WHOLE_SYNONYM = 12;
/** Words of the query that stand together in the source: `Chen 2020`. */
const TOGETHER = 3;

interface Searched {
  readonly title: Words;
  readonly synonyms: readonly Words[];
  readonly source: Words;
  readonly texts: readonly (readonly [Words, number])[];
}

/**
 * Entries that have all words of the query, best first: by title, synonyms, kind and category, papers, help, then the names of
 * parameters, ports and choices. All of them in their own order for an empty query.
 */
export function searchKinds(entries: readonly KindEntry[], query: string): readonly KindEntry[] {
  const asked = wordsOf(query);
  if (asked.words.length === 0) return entries;
  return entries
    .map((entry) => ({ entry, score: scoreOf(searched(entry), asked) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function scoreOf({ title, synonyms, source, texts }: Searched, query: Words): number {
  let total = 0;
  for (const word of query.words) {
    const best = Math.max(...texts.map(([text, worth]) => worth * wordMatch(text, word)));
    if (best === 0) return 0;
    total += best;
  }
  const names = synonyms.map((synonym) => nameMatch(synonym, query));
  const isTogether = query.words.length > 1 && source.phrase.includes(query.phrase);
  return (
    total +
    Math.max(WHOLE_TITLE * nameMatch(title, query), ...names.map((name) => WHOLE_SYNONYM * name)) +
    (isTogether ? TOGETHER : 0)
  );
}

const cache = new WeakMap<KindEntry, Searched>();

function searched(entry: KindEntry): Searched {
  const known = cache.get(entry);
  if (known) return known;
  const { definition, help } = entry;
  const title = wordsOf(entry.title);
  const synonyms = entry.synonyms.map(wordsOf);
  const source = wordsOf(definition.source);
  const made: Searched = {
    title,
    synonyms,
    source,
    texts: [
      [title, WORTH.title],
      ...synonyms.map((words) => [words, WORTH.synonym] as const),
      [wordsOf(definition.kind), WORTH.kind],
      [wordsOf(CATEGORY_TITLES[definition.category]), WORTH.category],
      [source, WORTH.source],
      [wordsOf(help), WORTH.help],
      [wordsOf(definition.help), WORTH.help],
      [wordsOf(parameterWords(entry)), WORTH.parameters],
    ],
  };
  cache.set(entry, made);
  return made;
}

/** Names of parameters, of what can be chosen for them, and of ports. */
function parameterWords({ definition, params }: KindEntry): string {
  const { inputs, outputs } = definition.ports(resolveParameters(definition, params));
  const names = Object.entries(definition.params.shape).flatMap(([name, field]) => {
    const schema = field as z.ZodType;
    return [name, parameterMeta(schema).label ?? '', ...choicesOf(schema)];
  });
  return [...names, ...inputs.map(({ name }) => name), ...outputs.map(({ name }) => name)].join(
    ' ',
  );
}

function choicesOf(schema: z.ZodType): readonly string[] {
  const { options } =
    (schema as { def?: { innerType?: { options?: unknown } } }).def?.innerType ?? {};
  return Array.isArray(options)
    ? options.filter((option): option is string => typeof option === 'string')
    : [];
}
