import type { Diagnostic } from '../../core/diagnostic';
import type { DocumentSummary } from '../persistence/documentStore';

/** `pending`: changed, to be saved in a moment. */
type SaveState = 'saved' | 'pending' | 'saving' | 'conflict' | 'failed';

export interface DocumentsState {
  /** Of the open document in the store. */
  readonly id: string;
  readonly save: SaveState;
  /** Of a conflict: what another tab did to the stored document, where there is no other version of it. */
  readonly gone: 'binned' | 'removed' | null;
  /** Why it is not saved. */
  readonly fault: Diagnostic | null;
  /** The document that was open last, while the store cannot be read, and why: what is shown stands in for it. */
  readonly unread: { readonly id: string; readonly fault: Diagnostic } | null;
  /** All stored documents but those in the bin, the latest first. */
  readonly list: readonly DocumentSummary[];
  /** What is in the bin, the one that came last first. */
  readonly bin: readonly DocumentSummary[];
}
