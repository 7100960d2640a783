import { produce } from 'immer';
import { createStore } from 'zustand/vanilla';
import type { Analysis } from '../../compiler/analysis/analysis';
import { changesAnalysis, documentChange } from '../../compiler/programs/documentChange';
import type { LiveChange } from '../../compiler/programs/documentChange';
import type { Diagnostic } from '../../core/diagnostic';
import { applyEdit, createHistory, endGesture, redo, undo } from '../../document/commands/history';
import type { History } from '../../document/commands/history';
import type { BasinDocument } from '../../document/schema';
import { emptyDocument } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import type { EditorState, EditorStore } from './editorState';
import { isLiveEdit } from './isLiveEdit';
import { createOverlayStore } from './overlayStore';
import { recentAnalyses } from './recentAnalyses';
import { EMPTY_SELECTION, pruneSelection, sameSelection } from './selection';
import type { Selection } from './selection';

export interface EditorStoreOptions {
  readonly registry: Registry;
  readonly analyse: (document: BasinDocument, registry: Registry) => Analysis;
  readonly document?: BasinDocument;
  /**
   * Whether two graphs that differ in what is lowered train alike all the same, as `sameTrainingProgram`. Asked for each time: until it
   * is there, those that differ are different.
   */
  readonly trainAlike?: () => ((before: Analysis, after: Analysis) => boolean) | undefined;
  /** When the analysis after a change runs; at the end of the microtask unless said otherwise. */
  readonly schedule?: (task: () => void) => void;
}

export function createEditorStore(options: EditorStoreOptions): EditorStore {
  const { registry, trainAlike, schedule = queueMicrotask } = options;
  const analyses = recentAnalyses((document) => options.analyse(document, registry));
  const overlays = createOverlayStore();
  const listeners = new Set<(changes: readonly LiveChange[]) => void>();
  const faultListeners = new Set<(diagnostics: readonly Diagnostic[]) => void>();
  let history = createHistory(options.document ?? emptyDocument());
  const first = history.present;
  let analysed = first;
  let scheduled = false;

  const store = createStore<EditorState>(() => ({
    document: first,
    analysis: analyses.of(first),
    revision: 0,
    documentRevision: 0,
    openedRevision: 0,
    selection: EMPTY_SELECTION,
    undoLabel: null,
    redoLabel: null,
    kinds: registry.definitions.length,
    readOnly: false,
  }));

  const settle = (): Analysis => {
    const { document, analysis, revision } = store.getState();
    if (document === analysed) return analysis;
    const fresh = analyses.of(document);
    const { lowers } = documentChange(analysed, document, registry);
    const compiles = lowers && trainAlike?.()?.(analysis, fresh) !== true;
    analysed = document;
    store.setState({ analysis: fresh, revision: revision + (compiles ? 1 : 0) });
    return fresh;
  };

  const scheduleAnalysis = (): void => {
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      settle();
    });
  };

  /** Takes over what the history made of the document. */
  const publish = (next: History, select?: Selection): void => {
    history = next;
    const before = store.getState();
    const document = next.present;
    const change = documentChange(before.document, document, registry);
    const wasSettled = analysed === before.document;
    // Before anybody hears of the document, whose own tasks come after it: the page draws both at once.
    if (changesAnalysis(change)) scheduleAnalysis();
    else if (wasSettled) analysed = document;
    store.setState({
      document,
      documentRevision: before.documentRevision + (document === before.document ? 0 : 1),
      selection: pruneSelection(select ?? before.selection, document),
      undoLabel: next.past.at(-1)?.label ?? null,
      redoLabel: next.future[0]?.label ?? null,
    });
    if (change.live.length > 0) for (const listener of listeners) listener(change.live);
  };

  const reportFault = (...diagnostics: readonly Diagnostic[]): void => {
    for (const listener of faultListeners) listener(diagnostics);
  };

  return {
    ...store,
    registry,
    overlays,

    open(document) {
      history = createHistory(document);
      analysed = history.present;
      overlays.clear();
      store.setState(({ revision, documentRevision, openedRevision }) => ({
        document: history.present,
        analysis: analyses.of(history.present),
        revision: revision + 1,
        documentRevision: documentRevision + 1,
        openedRevision: openedRevision + 1,
        selection: EMPTY_SELECTION,
        undoLabel: null,
        redoLabel: null,
      }));
    },

    edit(edit, select) {
      const { readOnly, document: before } = store.getState();
      const result = applyEdit(history, edit);
      if (readOnly && !(result.ok && isLiveEdit(before, result.value.present, registry)))
        return false;
      if (result.ok) publish(result.value, select);
      else reportFault(...result.diagnostics);
      return result.ok;
    },

    endGesture: () => publish(endGesture(history)),

    undo() {
      if (!store.getState().readOnly) publish(undo(history));
    },

    redo() {
      if (!store.getState().readOnly) publish(redo(history));
    },

    select(selection) {
      const { document, selection: old } = store.getState();
      const pruned = pruneSelection(selection, document);
      if (!sameSelection(pruned, old)) store.setState({ selection: pruned });
    },

    kindsLearned() {
      const { document } = store.getState();
      analysed = document;
      analyses.forget();
      store.setState({ kinds: registry.definitions.length, analysis: analyses.of(document) });
    },
    setReadOnly: (readOnly) => store.setState({ readOnly }),
    settle,
    reanalyse() {
      settle();
      analyses.forget();
      store.setState({ analysis: analyses.of(analysed) });
    },
    preview: ({ recipe }) => options.analyse(produce(store.getState().document, recipe), registry),

    onLiveChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    onFault(listener) {
      faultListeners.add(listener);
      return () => faultListeners.delete(listener);
    },
    reportFault,
  };
}
