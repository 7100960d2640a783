import type { StoreApi } from 'zustand/vanilla';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import type { DocumentStore, DocumentSummary } from '../persistence/documentStore';
import type { Preferences } from '../preferences';
import type { DocumentsState } from './documentsState';
import { forgetDraft, noteDraft } from './draft';

/** From the end of one save to the next: what changes meanwhile is all that is lost when the page is killed. */
const INTERVAL_MS = 500;

export interface DocumentSaverOptions {
  readonly editor: EditorStore;
  readonly store: DocumentStore;
  readonly preferences: Preferences;
  readonly state: StoreApi<DocumentsState>;
  /** Calls the task after so many milliseconds, once; returns how to call it off. */
  readonly later?: (task: () => void, milliseconds: number) => () => void;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
}

/**
 * Saves the open document while it changes, one write at a time, and never over another tab's work: the first change at once, and what
 * follows at intervals, however steadily it comes.
 */
export class DocumentSaver {
  private readonly later: NonNullable<DocumentSaverOptions['later']>;
  private readonly now: () => number;
  /** Of the stored document, as this tab knows it; 0 when it was never stored. */
  private revision = 0;
  private savedDocument: BasinDocument | null = null;
  /** There is a draft of this tab's. Those of other tabs are not for it to forget. */
  private hasNoted = false;
  private cancelPending: (() => void) | null = null;
  /** When the last save ended. */
  private lastSave = -Infinity;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: DocumentSaverOptions) {
    this.later = options.later ?? laterBy;
    this.now = options.now ?? (() => performance.now());
  }

  get isStored(): boolean {
    return this.revision > 0;
  }

  /** What is open is not what the store is known to have. */
  get hasUnsaved(): boolean {
    return this.options.editor.getState().document !== this.savedDocument;
  }

  /** From now on the open document is this one of the store, which is known to hold `saved`. */
  adopt(id: string, revision: number, saved: BasinDocument | null): void {
    this.callOff();
    this.revision = revision;
    this.savedDocument = saved;
    this.options.state.setState({ id, save: 'saved', gone: null, fault: null });
  }

  /** Saves in a moment. */
  saveSoon(): void {
    const { state } = this.options;
    if (state.getState().save === 'conflict') return;
    state.setState({ save: 'pending' });
    // What is due is not put off by what else changes.
    if (this.cancelPending !== null) return;
    const wait = Math.max(0, this.lastSave + INTERVAL_MS - this.now());
    this.cancelPending = this.later(() => {
      this.cancelPending = null;
      void this.enqueue(() => this.saveNow());
    }, wait);
  }

  /** Saves what is not saved yet, at once. */
  async flush(): Promise<void> {
    this.callOff();
    await this.enqueue(() => this.saveNow());
  }

  /** Waits for the writes that were asked for. */
  async settle(): Promise<void> {
    await this.queue;
  }

  /** What was to be saved in a moment is not. */
  callOff(): void {
    this.cancelPending?.();
    this.cancelPending = null;
  }

  /** One write at a time, in order. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.queue.then(task);
    this.queue = done.catch(() => null);
    return done;
  }

  /** To be called when the page may go, for work that is not saved by then: the next visit finds it. */
  noteUnsaved(): void {
    const { editor, preferences, state } = this.options;
    const { document } = editor.getState();
    if (document === this.savedDocument) return;
    this.hasNoted = true;
    noteDraft(preferences, state.getState().id, { revision: this.revision, document });
  }

  /** Another tab saved a document. */
  savedElsewhere(summary: DocumentSummary): void {
    const { state } = this.options;
    if (summary.id !== state.getState().id || summary.revision <= this.revision) return;
    this.callOff();
    state.setState({
      save: 'conflict',
      fault: {
        code: 'storage.conflict',
        severity: 'warning',
        message: `“${summary.title}” was changed in another tab.`,
      },
    });
  }

  /** Another tab threw the open document away. Whatever is still to be written of it is not. */
  goneElsewhere(gone: 'binned' | 'removed'): void {
    const { state, editor } = this.options;
    if (!this.isStored || ((state.getState().gone ?? gone) === 'removed' && gone === 'binned'))
      return;
    this.callOff();
    const { title } = editor.getState().document;
    state.setState({
      save: 'conflict',
      gone,
      fault: {
        code: 'storage.conflict',
        severity: 'warning',
        message:
          gone === 'binned'
            ? `“${title}” was put in the bin in another tab.`
            : `“${title}” was removed in another tab, and is kept nowhere else.`,
      },
    });
  }

  private async saveNow(): Promise<void> {
    const { editor, store, preferences, state } = this.options;
    const { document } = editor.getState();
    const { id, save } = state.getState();
    if (document === this.savedDocument) {
      if (save === 'pending') state.setState({ save: 'saved' });
      return;
    }
    if (save === 'conflict') return;
    state.setState({ save: 'saving' });
    const outcome = await store.save(id, document, this.revision);
    this.lastSave = this.now();
    if (state.getState().id !== id) return;
    if (outcome.status !== 'saved') {
      const status = outcome.status === 'conflict' ? 'conflict' : 'failed';
      const gone = outcome.status === 'conflict' ? goneOf(outcome.stored) : null;
      state.setState({ save: status, gone, fault: outcome.diagnostic });
      return;
    }
    this.revision = outcome.summary.revision;
    this.savedDocument = document;
    if (this.hasNoted) forgetDraft(preferences, id);
    this.hasNoted = false;
    const changed = editor.getState().document !== document;
    state.setState(({ list }) => ({
      save: changed ? 'pending' : 'saved',
      gone: null,
      fault: null,
      list: [outcome.summary, ...list.filter((summary) => summary.id !== id)],
    }));
    if (changed) this.saveSoon();
  }
}

function goneOf(stored: DocumentSummary | null): DocumentsState['gone'] {
  if (stored === null) return 'removed';
  return stored.binned === undefined ? null : 'binned';
}

function laterBy(task: () => void, milliseconds: number): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}
