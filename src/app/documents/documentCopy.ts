import { clip } from '../../document/clip';
import { DOCUMENT_LIMITS, type BasinDocument } from '../../document/schema';

/** The document under another title. */
export function asCopy(document: BasinDocument): BasinDocument {
  return { ...document, title: copyTitle(document.title) };
}

export function copyTitle(title: string): string {
  const suffix = ' (copy)';
  return clip(title, DOCUMENT_LIMITS.label - suffix.length) + suffix;
}
