import { isJsonObject } from '../../document/json';
import { readDocument } from '../../document/read';
import { DOCUMENT_VERSION, type BasinDocument } from '../../document/schema';
import type { DocumentStore } from '../persistence/documentStore';

/** What can be had of a document that cannot be opened. */
export interface Salvage {
  /** JSON of all that is stored. */
  readonly text: string | null;
  /** What is usable of it. */
  readonly mended: BasinDocument | null;
}

export async function salvage(store: Pick<DocumentStore, 'stored'>, id: string): Promise<Salvage> {
  const stored = await store.stored(id);
  if (!stored.ok) return { text: null, mended: null };
  const { value } = stored;
  const mended = isJsonObject(value)
    ? readDocument({ ...value, format: 'basin', version: DOCUMENT_VERSION })
    : null;
  return { text: jsonOf(value), mended: mended?.ok === true ? mended.value : null };
}

/** Of whatever a database may hold; null where there is no JSON for it. */
function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return null;
  }
}
