import type { StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../compiler/analysis/analysis';
import type { LiveChange } from '../../compiler/programs/documentChange';
import type { Diagnostic } from '../../core/diagnostic';
import type { Edit } from '../../document/commands/edit';
import type { BasinDocument } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import type { OverlayStore } from './overlayStore';
import type { Selection } from './selection';

export interface EditorState {
  readonly document: BasinDocument;
  /** Of `document`, or of the one before until the end of the microtask; `settle()` waits for nobody. */
  readonly analysis: Analysis;
  /** Counts what makes another training program (`sameTrainingProgram`); belongs to `analysis`. */
  readonly revision: number;
  /** Counts every change of the document: what is to be saved. */
  readonly documentRevision: number;
  /** Counts the documents that were opened. */
  readonly openedRevision: number;
  readonly selection: Selection;
  /** What undo would take back, in words; null when there is nothing. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** How many kinds of node the registry knows: it may learn more. */
  readonly kinds: number;
  /** Pan, zoom and select only: on narrow screens. */
  readonly readOnly: boolean;
}

/** The document being edited and everything that follows from it. Plain data and functions, no React. */
export interface EditorStore extends StoreApi<EditorState> {
  readonly registry: Registry;
  readonly overlays: OverlayStore;

  /** Opens another document: history, selection and overlays start anew. */
  open(document: BasinDocument): void;
  /**
   * One undo step, or a part of one (`Edit.mergeKey`). An edit that changes nothing leaves no step. `select` is selected
   * afterwards. An edit that is refused is told to `onFault`. Returns whether it was made.
   */
  edit(edit: Edit, select?: Selection): boolean;
  /** The next edit is a step of its own. */
  endGesture(): void;
  undo(): void;
  redo(): void;
  select(selection: Selection): void;
  setReadOnly(readOnly: boolean): void;

  /** The registry has learned: what was unknown may be known now. */
  kindsLearned(): void;
  /** Brings the analysis up to date at once and returns it. */
  settle(): Analysis;
  /** Analyses the document again, where what the analysis is told besides has changed. */
  reanalyse(): void;
  /** The analysis that the document would have after an edit; nothing is changed. */
  preview(edit: Edit): Analysis;
  /**
   * Hears of live parameters and learning rates that changed, by edit, undo or redo, with their new values by name in
   * `program.live`. Returns how to stop listening.
   */
  onLiveChange(listener: (changes: readonly LiveChange[]) => void): () => void;
  /** Hears of edits, pastes and the like that were refused, for telling the user. */
  onFault(listener: (diagnostics: readonly Diagnostic[]) => void): () => void;
  reportFault(...diagnostics: readonly Diagnostic[]): void;
}
