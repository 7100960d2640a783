import type { katexHtml } from './katexHtml';

type KatexHtml = typeof katexHtml;

/** Once it has come, formulas are set at once. */
let known: KatexHtml | null = null;

/** What sets formulas, or null while it has not come yet. */
export function knownKatex(): KatexHtml | null {
  return known;
}

/** KaTeX is large and comes with the first formula, after what it stands on. */
export async function loadKatex(): Promise<KatexHtml> {
  known = (await import('./katexHtml')).katexHtml;
  return known;
}
