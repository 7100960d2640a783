import type { DocumentStore, DocumentSummary } from '../persistence/documentStore';
import type { Preferences } from '../preferences';
import { noteDraft, takeDraft, unstored } from './draft';

/**
 * Stores what somebody made while the store did not answer, or in the moment before the page was killed. Returns what was stored; what
 * cannot be stays a draft.
 */
export async function storeDrafts(
  store: Pick<DocumentStore, 'save'>,
  preferences: Preferences,
): Promise<readonly DocumentSummary[]> {
  const stored: DocumentSummary[] = [];
  for (const id of unstored(preferences)) {
    const draft = takeDraft(preferences, id);
    if (draft === null) continue;
    const outcome = await store.save(id, draft.document, 0);
    if (outcome.status === 'saved') stored.push(outcome.summary);
    // Of a document that the store has after all, opening it takes the draft.
    else noteDraft(preferences, id, draft);
  }
  return stored;
}
