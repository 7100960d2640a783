import { wordMatch, wordsOf } from '../../editor/search/words';
import type { DocumentSummary } from '../persistence/documentStore';

/** Orders of the list of documents. */
export const DOCUMENT_ORDERS = {
  updated: {
    label: 'Last changed',
    compare: (a: DocumentSummary, b: DocumentSummary) => b.updated - a.updated,
  },
  title: {
    label: 'Title',
    compare: (a: DocumentSummary, b: DocumentSummary) =>
      a.title.localeCompare(b.title, 'en', { numeric: true, sensitivity: 'base' }),
  },
  size: {
    label: 'Size',
    compare: (a: DocumentSummary, b: DocumentSummary) => b.size - a.size,
  },
} as const;

export type DocumentOrder = keyof typeof DOCUMENT_ORDERS;

/** Documents whose titles have all words of the query, in an order; equals as they come. */
export function orderDocuments(
  list: readonly DocumentSummary[],
  query: string,
  order: DocumentOrder,
): readonly DocumentSummary[] {
  const { words } = wordsOf(query);
  return list
    .filter(({ title }) => {
      const searched = wordsOf(title);
      return words.every((word) => wordMatch(searched, word) > 0);
    })
    .sort(DOCUMENT_ORDERS[order].compare);
}
