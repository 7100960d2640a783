import { canonicalJson } from '../../document/canonical';
import { readDocument } from '../../document/read';
import type { BasinDocument } from '../../document/schema';
import type { Preferences } from '../preferences';

/** What was not saved yet when the page went. */
export interface Draft {
  /** Of the stored document that it was made from. */
  readonly revision: number;
  readonly document: BasinDocument;
}

const UNSTORED = 'unstoredDrafts';
const nameOf = (id: string): string => `draft.${id}`;

/**
 * Notes unsaved work where it is kept at once: a page that is being left may not live until the database has answered.
 * A document that is too large for that place is not noted.
 */
export function noteDraft(preferences: Preferences, id: string, draft: Draft): void {
  preferences.set(nameOf(id), `${draft.revision} ${canonicalJson(draft.document, 'compact')}`);
  if (draft.revision === 0) setUnstored(preferences, [...unstored(preferences), id]);
}

export function forgetDraft(preferences: Preferences, id: string): void {
  preferences.set(nameOf(id), null);
  const ids = unstored(preferences);
  if (ids.includes(id)) setUnstored(preferences, ids);
}

/** Drafts of documents that the store has never had, by id: no list of documents leads to them. */
export function unstored(preferences: Preferences): readonly string[] {
  const ids = preferences.get(UNSTORED)?.split(' ') ?? [];
  return [...new Set(ids)].filter((id) => preferences.get(nameOf(id)) !== null);
}

function setUnstored(preferences: Preferences, ids: readonly string[]): void {
  preferences.set(UNSTORED, ids.length === 0 ? null : ids.join(' '));
}

/** The draft of a document, which is forgotten thereby; null when there is none that can be read. */
export function takeDraft(preferences: Preferences, id: string): Draft | null {
  const text = preferences.get(nameOf(id));
  if (text === null) return null;
  forgetDraft(preferences, id);
  const [, revision, json] = /^(\d+) (.*)$/s.exec(text) ?? [];
  if (revision === undefined || json === undefined) return null;
  const read = readDocument(json);
  return read.ok ? { revision: Number(revision), document: read.value } : null;
}
