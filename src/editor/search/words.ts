/** How well a text answers one word: as a whole word of it, as the beginning of one, within one. */
const WHOLE = 1;
const BEGINNING = 0.75;
const WITHIN = 0.25;
/** Shorter ones are within nearly everything. */
const LEAST_WITHIN = 3;

/** A text that is searched, ready to be looked at. */
export interface Words {
  readonly words: readonly string[];
  /** The words with a space between them. */
  readonly phrase: string;
  /** What a word of several is made of: `Info` and `NCE`, `stop` and `Gradient`. */
  readonly parts: readonly string[];
}

/** Letters and numbers in lower case, without accents: `K-Means` and `k means` are the same words. */
export function wordsOf(text: string): Words {
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  const spelled = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const words = spelled.map((word) => word.toLowerCase());
  const parts = spelled
    .map((word) => word.split(/(?<=\p{Ll})(?=\p{Lu})/u))
    .filter(({ length }) => length > 1)
    .flat()
    .map((part) => part.toLowerCase());
  return { words, phrase: words.join(' '), parts };
}

/** From 0, for a word that is not there, to 1. */
export function wordMatch({ words, phrase, parts }: Words, word: string): number {
  if (words.includes(word)) return WHOLE;
  if (parts.includes(word) || words.some((other) => other.startsWith(word))) return BEGINNING;
  // Written as one word: `kmeans`, `stopgradient`.
  const joined = words.join('');
  if (word.length >= LEAST_WITHIN && joined === word) return WHOLE;
  if (word.length >= LEAST_WITHIN && (phrase.includes(word) || joined.includes(word)))
    return WITHIN;
  return 0;
}

/** How well a short name answers a whole query: it is it, it begins with it, or neither. */
export function nameMatch({ phrase, words }: Words, query: Words): number {
  if (phrase === query.phrase || words.join('') === query.words.join('')) return WHOLE;
  return `${phrase} `.startsWith(`${query.phrase} `) ? BEGINNING : 0;
}
