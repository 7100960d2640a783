import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import { sameJson } from '../../document/canonical';
import { clip } from '../../document/clip';
import { setTitle } from '../../document/commands/settingsCommands';
import type { Result } from '../../core/result';
import { DOCUMENT_LIMITS } from '../../document/schema';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import type { DocumentStore, DocumentSummary, StoreChange } from '../persistence/documentStore';
import type { Preferences } from '../preferences';
import { forgetDraft, noteDraft, takeDraft } from './draft';

/** `pending`: changed, to be saved in a moment. */
export type SaveState = 'saved' | 'pending' | 'saving' | 'conflict' | 'failed';

export interface DocumentsState {
  /** Of the open document in the store. */
  readonly id: string;
  readonly save: SaveState;
  /** Why it is not saved. */
  readonly fault: Diagnostic | null;
  /** All stored documents, the latest first. */
  readonly list: readonly DocumentSummary[];
}

/** Where a document came from. A template or an empty page that nobody touched can be had again: it leaves no trace in the list. */
export type Origin = 'template' | 'new' | 'link' | 'file' | 'store' | 'copy';

export interface DocumentControllerOptions {
  readonly editor: EditorStore;
  readonly store: DocumentStore;
  readonly preferences: Preferences;
  readonly newId?: () => string;
  /** Runs the task after some quiet; returns how to call it off. */
  readonly later?: (task: () => void) => () => void;
}

/** Long enough that a drag is one save, short enough that a crash costs nothing that anybody remembers. */
const QUIET_MS = 700;
const LAST_DOCUMENT = 'lastDocument';
/** The id of the open document while it can be thrown away. */
const UNTOUCHED = 'untouchedDocument';

/**
 * Keeps the open document in the browser's store: saves after every change, notices what other tabs do to it, and never writes over
 * their work.
 */
export class DocumentController {
  readonly state: StoreApi<DocumentsState>;
  private readonly editor: EditorStore;
  private readonly store: DocumentStore;
  private readonly preferences: Preferences;
  private readonly newId: () => string;
  private readonly later: (task: () => void) => () => void;
  private readonly unsubscribe: (() => void)[];
  /** Of the stored document, as this tab knows it; 0 when it was never stored. */
  private revision = 0;
  private savedDocument: BasinDocument | null = null;
  /** There is a draft of this tab's. Those of other tabs are not for it to forget. */
  private hasNoted = false;
  private cancelPending: (() => void) | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(options: DocumentControllerOptions) {
    this.editor = options.editor;
    this.store = options.store;
    this.preferences = options.preferences;
    this.newId = options.newId ?? (() => crypto.randomUUID());
    this.later = options.later ?? laterBy(QUIET_MS);
    this.state = createStore<DocumentsState>(() => ({
      id: this.newId(),
      save: 'saved',
      fault: null,
      list: [],
    }));
    this.unsubscribe = [
      this.editor.subscribe((now, before) => {
        if (now.document === before.document || now.openedRevision !== before.openedRevision)
          return;
        this.preferences.set(UNTOUCHED, null);
        this.saveSoon();
      }),
      this.store.subscribe((change) => this.heard(change)),
    ];
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
    this.cancelPending?.();
  }

  /** Opens the document that was open last. False when there is none: a first visit. */
  async restore(): Promise<boolean> {
    await this.refresh();
    const last = this.preferences.get(LAST_DOCUMENT);
    const { list } = this.state.getState();
    const candidates = [last, ...list.map(({ id }) => id)].filter((id) => id !== null);
    for (const id of candidates) {
      if (list.some((summary) => summary.id === id) && (await this.openStored(id)).ok) return true;
    }
    return false;
  }

  /** Opens a document as a new one of the store. What was open before is saved. */
  async open(document: BasinDocument, origin: Exclude<Origin, 'store'>): Promise<void> {
    await this.leave();
    this.adopt(this.newId(), 0, null);
    this.editor.open(document);
    const disposable = origin === 'template' || origin === 'new';
    this.preferences.set(UNTOUCHED, disposable ? this.state.getState().id : null);
    await this.flush();
  }

  async openStored(id: string): Promise<Result<BasinDocument>> {
    const loaded = await this.store.load(id);
    if (!loaded.ok) return loaded;
    // Only now: what cannot be opened replaces nothing.
    if (id !== this.state.getState().id) await this.leave();
    const { document, summary } = loaded.value;
    const draft = takeDraft(this.preferences, id);
    const unsaved = draft !== null && !sameJson(draft.document, document) ? draft : null;
    this.adopt(id, summary.revision, document);
    if (unsaved !== null && unsaved.revision === summary.revision) {
      // The page went before this was saved.
      this.editor.open(unsaved.document);
      this.saveSoon();
    } else {
      // A repaired document differs from the stored one, and is stored with the next change.
      this.editor.open(document);
      // Another tab has saved since: both are kept.
      if (unsaved !== null) await this.open(asCopy(unsaved.document), 'copy');
    }
    const { document: value } = this.editor.getState();
    return { ok: true, value, diagnostics: loaded.diagnostics };
  }

  /** To be called when the page may go, for work that is not saved by then: the next visit finds it. */
  noteUnsaved(): void {
    const { document } = this.editor.getState();
    if (document === this.savedDocument) return;
    this.hasNoted = true;
    noteDraft(this.preferences, this.state.getState().id, { revision: this.revision, document });
  }

  /** Saves what is not saved yet, at once. */
  async flush(): Promise<void> {
    this.cancelPending?.();
    this.cancelPending = null;
    await this.enqueue(() => this.saveNow());
  }

  /** This tab's version goes on as a document of its own; the other tab's stays what it is. */
  async keepBoth(): Promise<void> {
    await this.enqueue(() => {
      this.adopt(this.newId(), 0, null);
      return Promise.resolve();
    });
    const { title } = this.editor.getState().document;
    this.editor.edit(setTitle(copyTitle(title)));
    await this.flush();
  }

  /** Gives this tab's version up for the stored one. */
  async loadOther(): Promise<Result<BasinDocument>> {
    const { id } = this.state.getState();
    this.cancelPending?.();
    this.cancelPending = null;
    forgetDraft(this.preferences, id);
    return this.openStored(id);
  }

  async duplicate(): Promise<void> {
    const { document } = this.editor.getState();
    await this.open(asCopy(document), 'copy');
  }

  async rename(id: string, title: string): Promise<Result<unknown>> {
    if (id === this.state.getState().id) {
      this.editor.edit(setTitle(title));
      await this.flush();
      return { ok: true, value: null, diagnostics: [] };
    }
    const renamed = await this.store.rename(id, title);
    await this.refresh();
    return renamed;
  }

  /** Removes a document that is not open. */
  async remove(id: string): Promise<Result<null>> {
    const removed = await this.store.remove(id);
    await this.refresh();
    return removed;
  }

  /** Reads the list anew. */
  async refresh(): Promise<void> {
    const list = await this.store.list();
    if (list.ok) this.state.setState({ list: list.value });
    else this.state.setState({ fault: list.diagnostics[0] ?? null, save: 'failed' });
  }

  private adopt(id: string, revision: number, saved: BasinDocument | null): void {
    this.cancelPending?.();
    this.cancelPending = null;
    this.revision = revision;
    this.savedDocument = saved;
    this.state.setState({ id, save: 'saved', fault: null });
    this.preferences.set(LAST_DOCUMENT, id);
  }

  /** Before another document is opened. */
  private async leave(): Promise<void> {
    const { id, save } = this.state.getState();
    if (this.preferences.get(UNTOUCHED) === id) {
      this.preferences.set(UNTOUCHED, null);
      await this.enqueue(() => this.store.remove(id));
      return this.refresh();
    }
    // Of two conflicting versions both are kept.
    if (save === 'conflict') return this.keepBoth();
    if (this.revision > 0) await this.flush();
  }

  private saveSoon(): void {
    const { save } = this.state.getState();
    if (save === 'conflict') return;
    this.state.setState({ save: 'pending' });
    this.cancelPending?.();
    this.cancelPending = this.later(() => {
      this.cancelPending = null;
      void this.enqueue(() => this.saveNow());
    });
  }

  /** One write at a time, in order. */
  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.queue.then(task);
    this.queue = done.catch(() => null);
    return done;
  }

  private async saveNow(): Promise<void> {
    const { document } = this.editor.getState();
    const { id, save } = this.state.getState();
    if (document === this.savedDocument) {
      if (save === 'pending') this.state.setState({ save: 'saved' });
      return;
    }
    if (save === 'conflict') return;
    this.state.setState({ save: 'saving' });
    const outcome = await this.store.save(id, document, this.revision);
    if (this.state.getState().id !== id) return;
    if (outcome.status !== 'saved') {
      const status = outcome.status === 'conflict' ? 'conflict' : 'failed';
      this.state.setState({ save: status, fault: outcome.diagnostic });
      return;
    }
    this.revision = outcome.summary.revision;
    this.savedDocument = document;
    if (this.hasNoted) forgetDraft(this.preferences, id);
    this.hasNoted = false;
    const changed = this.editor.getState().document !== document;
    this.state.setState(({ list }) => ({
      save: changed ? 'pending' : 'saved',
      fault: null,
      list: [outcome.summary, ...list.filter((summary) => summary.id !== id)],
    }));
    if (changed) this.saveSoon();
  }

  private heard(change: StoreChange): void {
    const { id } = this.state.getState();
    void this.refresh();
    if (change.kind !== 'saved' || change.summary.id !== id) return;
    if (change.summary.revision <= this.revision) return;
    this.cancelPending?.();
    this.cancelPending = null;
    this.state.setState({
      save: 'conflict',
      fault: {
        code: 'storage.conflict',
        severity: 'warning',
        message: `“${change.summary.title}” was changed in another tab.`,
      },
    });
  }
}

function asCopy(document: BasinDocument): BasinDocument {
  return { ...document, title: copyTitle(document.title) };
}

function copyTitle(title: string): string {
  const suffix = ' (copy)';
  return clip(title, DOCUMENT_LIMITS.label - suffix.length) + suffix;
}

function laterBy(milliseconds: number) {
  return (task: () => void): (() => void) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  };
}
