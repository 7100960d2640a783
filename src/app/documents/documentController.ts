import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import { newId } from '../../core/newId';
import { sameJson } from '../../document/canonical';
import { setTitle } from '../../document/commands/settingsCommands';
import { failure, success, type Result } from '../../core/result';
import type { BasinDocument } from '../../document/schema';
import type { Attempts } from '../page/attempts';
import type { DocumentSummary, StoreChange } from '../persistence/documentStore';
import { binLimit } from './bin';
import { forgetLook } from './keptLook';
import { asCopy, copyTitle } from './documentCopy';
import { DocumentSaver, type DocumentSaverOptions } from './documentSaver';
import type { DocumentsState } from './documentsState';
import { forgetDraft, takeDraft } from './draft';
import { salvage, type Salvage } from './salvage';
import { storeDrafts } from './storeDrafts';

/** Where a document came from. A template or an empty page that nobody touched can be had again: it leaves no trace in the list. */
export type Origin = 'template' | 'new' | 'link' | 'file' | 'store' | 'copy' | 'run';

export interface DocumentControllerOptions extends Omit<DocumentSaverOptions, 'state'> {
  /** Knows of documents that broke the page. */
  readonly attempts?: Attempts;
  readonly newId?: () => string;
}

/** The document that was open last and cannot be opened, and why. */
export interface PutAside {
  readonly id: string;
  readonly title: string;
  readonly diagnostics: readonly Diagnostic[];
}

const LAST_DOCUMENT = 'lastDocument';
/** The id of the open document while it can be thrown away. */
const UNTOUCHED = 'untouchedDocument';

/** Opens, copies, renames and removes the documents of the browser's store; `DocumentSaver` keeps the open one there. */
export class DocumentController {
  readonly state: StoreApi<DocumentsState>;
  private readonly saver: DocumentSaver;
  private readonly newId: () => string;
  private readonly unsubscribe: (() => void)[];
  private turns: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: DocumentControllerOptions) {
    const { editor, store, preferences } = options;
    this.newId = options.newId ?? newId;
    this.state = createStore<DocumentsState>(() => ({
      id: this.newId(),
      save: 'saved',
      gone: null,
      fault: null,
      unread: null,
      list: [],
      bin: [],
    }));
    this.saver = new DocumentSaver({ ...options, state: this.state });
    this.unsubscribe = [
      editor.subscribe((now, before) => {
        if (now.document === before.document || now.openedRevision !== before.openedRevision)
          return;
        preferences.set(UNTOUCHED, null);
        this.saver.saveSoon();
      }),
      store.subscribe((change) => this.heard(change)),
      this.state.subscribe((now, before) => {
        // The store takes what is open: from now on that is the last one.
        if (now.unread === null || now.save !== 'saved' || before.save !== 'saving') return;
        preferences.set(LAST_DOCUMENT, now.id);
        this.state.setState({ unread: null });
      }),
    ];
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
    this.saver.callOff();
  }

  /** Whether `restore` has something to go by. */
  get hasLast(): boolean {
    return this.options.preferences.get(LAST_DOCUMENT) !== null;
  }

  /** Set by `restore` where the document that was open last cannot be opened. */
  putAside: PutAside | null = null;

  /** Set by `restore`: what the store did not have, though it was made on another visit. What is opened again is not among it. */
  found: readonly DocumentSummary[] = [];

  /**
   * Opens the document that was open last, else the latest that can be opened. False when there is none; where the store cannot be read
   * either, the last one stays the last, and `begin` shows what stands in for it.
   */
  async restore(): Promise<boolean> {
    const emptied = await this.emptyBin(binLimit());
    const last = this.options.preferences.get(LAST_DOCUMENT);
    if (!emptied.ok && last !== null) {
      const [fault] = (await this.options.store.load(last)).diagnostics;
      if (fault?.code.startsWith('storage.') === true) {
        this.state.setState({ unread: { id: last, fault } });
        return false;
      }
    }
    if (emptied.ok) await this.findUnstored(last);
    const { list } = this.state.getState();
    const order = [...list].sort((a, b) => Number(b.id === last) - Number(a.id === last));
    for (const { id, title } of order) {
      const opened = await this.openCautiously(id, title);
      if (opened.ok) return true;
      if (id === last) this.putAside = { id, title, diagnostics: opened.diagnostics };
    }
    return false;
  }

  private async findUnstored(last: string | null): Promise<void> {
    const { store, preferences } = this.options;
    const found = await storeDrafts(store, preferences);
    this.found = found.filter(({ id }) => id !== last);
    if (found.length > 0) await this.refresh();
  }

  /** What broke the page when it was opened last is left alone, and what breaks it now as well. */
  private async openCautiously(id: string, title: string): Promise<Result<unknown>> {
    const { attempts } = this.options;
    const breaks = failure<unknown>({
      code: 'document.breaks',
      severity: 'error',
      message: `The page broke when it opened “${title}”.`,
    });
    if (attempts?.tookDown(id) === true) return breaks;
    try {
      return await this.openStored(id);
    } catch (error) {
      console.error(error);
      attempts?.end(id);
      return breaks;
    }
  }

  /** What can be had of a stored document that cannot be opened. */
  salvage(id: string): Promise<Salvage> {
    return salvage(this.options.store, id);
  }

  /**
   * On what seems to be a first visit: opens the latest document that the store has nevertheless. A browser that was killed may have
   * kept that, and not yet which one was open. False when there is none.
   */
  async recover(): Promise<boolean> {
    await this.flush();
    await this.refresh();
    const { id, list } = this.state.getState();
    for (const summary of list) {
      if (summary.id !== id && (await this.openStored(summary.id)).ok) return true;
    }
    return false;
  }

  /** Opens a document as a new one of the store. What was open before is saved. */
  open(document: BasinDocument, origin: Exclude<Origin, 'store'>): Promise<void> {
    return this.inTurn(() => this.openNow(document, origin));
  }

  /** The same where nothing is open yet: it can be seen at once, and is stored in its turn. */
  begin(document: BasinDocument, origin: Exclude<Origin, 'store'>): void {
    this.show(document, origin);
    const { unread } = this.state.getState();
    // The store is known not to take it.
    if (unread !== null) this.state.setState({ save: 'failed', fault: unread.fault });
    else void this.inTurn(() => this.flush());
  }

  /** Tries again to open the document that was open last, where the store could not be read. What was made meanwhile is kept. */
  async openUnread(): Promise<void> {
    const { preferences } = this.options;
    const { id, unread } = this.state.getState();
    if (unread === null) return;
    if (preferences.get(UNTOUCHED) !== id) await this.flush();
    preferences.set(LAST_DOCUMENT, unread.id);
    await this.restore();
  }

  openStored(id: string): Promise<Result<BasinDocument>> {
    return this.inTurn(() => this.openStoredNow(id));
  }

  /** To be called when the page may go, for work that is not saved by then: the next visit finds it. */
  noteUnsaved(): void {
    const untouched = this.options.preferences.get(UNTOUCHED);
    if (untouched !== this.state.getState().id) this.saver.noteUnsaved();
  }

  /** Saves what is not saved yet, at once. */
  flush(): Promise<void> {
    return this.saver.flush();
  }

  /** Whether there is work that the store is not known to have. */
  get hasUnsaved(): boolean {
    return this.saver.hasUnsaved;
  }

  /** This tab's version goes on as a document of its own; the other tab's stays what it is, where there is one. */
  async keepBoth(): Promise<void> {
    const { editor } = this.options;
    const { gone } = this.state.getState();
    await this.saver.enqueue(() => {
      this.adopt(this.newId(), 0, null);
      return Promise.resolve();
    });
    if (gone === null) editor.edit(setTitle(copyTitle(editor.getState().document.title)));
    await this.flush();
  }

  /** Gives this tab's version up for the stored one. */
  async loadOther(): Promise<Result<BasinDocument>> {
    const { id } = this.state.getState();
    this.saver.callOff();
    forgetDraft(this.options.preferences, id);
    return this.openStored(id);
  }

  async duplicate(): Promise<void> {
    const { document } = this.options.editor.getState();
    await this.open(asCopy(document), 'copy');
  }

  async rename(id: string, title: string): Promise<Result<unknown>> {
    const { editor, store } = this.options;
    if (id === this.state.getState().id) {
      editor.edit(setTitle(title));
      await this.flush();
      return { ok: true, value: null, diagnostics: [] };
    }
    const renamed = await store.rename(id, title);
    await this.refresh();
    return renamed;
  }

  /** Copies a stored document to a new one of the store, which is not opened. */
  async duplicateStored(id: string): Promise<Result<unknown>> {
    const { store } = this.options;
    if (id === this.state.getState().id) await this.flush();
    const loaded = await store.load(id);
    if (!loaded.ok) return loaded;
    const saved = await store.save(this.newId(), asCopy(loaded.value.document), 0);
    await this.refresh();
    return saved.status === 'saved' ? success(null) : failure(saved.diagnostic);
  }

  /** A stored document as it is, for a picture of it; null where it cannot be read. */
  async peek(id: string): Promise<BasinDocument | null> {
    const loaded = await this.options.store.load(id);
    return loaded.ok ? loaded.value.document : null;
  }

  /** Puts a document that is not open in the bin, from which it can be taken for `BIN_DAYS`. */
  async putInBin(id: string): Promise<Result<unknown>> {
    const moved = await this.options.store.putInBin(id);
    await this.refresh();
    return moved;
  }

  async takeFromBin(id: string): Promise<Result<unknown>> {
    const moved = await this.options.store.takeFromBin(id);
    await this.refresh();
    return moved;
  }

  /** Removes a document that is not open for good. */
  async remove(id: string): Promise<Result<null>> {
    const removed = await this.options.store.remove(id);
    if (removed.ok) this.forget(id);
    await this.refresh();
    return removed;
  }

  /** Removes what was put in the bin before a time for good: all of it unless told otherwise. */
  async emptyBin(before = Infinity): Promise<Result<unknown>> {
    const emptied = await this.options.store.emptyBin(before);
    if (emptied.ok) emptied.value.forEach((id) => this.forget(id));
    await this.refresh();
    return emptied;
  }

  /** Reads the list anew. */
  async refresh(): Promise<void> {
    const { store } = this.options;
    const [list, bin] = await Promise.all([store.list(), store.listBin()]);
    if (bin.ok) this.state.setState({ bin: bin.value });
    if (list.ok) this.state.setState({ list: list.value });
    else this.state.setState({ fault: list.diagnostics[0] ?? null, save: 'failed' });
  }

  /** One opening after the other: each leaves what the one before has opened. */
  private inTurn<T>(opening: () => Promise<T>): Promise<T> {
    const opened = this.turns.then(opening);
    this.turns = opened.catch(() => null);
    return opened;
  }

  private async openNow(document: BasinDocument, origin: Exclude<Origin, 'store'>): Promise<void> {
    await this.leave();
    this.show(document, origin);
    await this.flush();
  }

  private show(document: BasinDocument, origin: Exclude<Origin, 'store'>): void {
    const id = this.newId();
    this.adopt(id, 0, null);
    this.options.attempts?.begin(id);
    this.options.editor.open(document);
    const disposable = origin === 'template' || origin === 'new';
    this.options.preferences.set(UNTOUCHED, disposable ? id : null);
  }

  private async openStoredNow(id: string): Promise<Result<BasinDocument>> {
    const { editor, store, preferences } = this.options;
    const loaded = await store.load(id);
    if (!loaded.ok) return loaded;
    if (loaded.value.summary.binned !== undefined) {
      const taken = await store.takeFromBin(id);
      return taken.ok ? this.openStoredNow(id) : taken;
    }
    // Only now: what cannot be opened replaces nothing.
    if (id !== this.state.getState().id) await this.leave();
    const { document, summary } = loaded.value;
    const draft = takeDraft(preferences, id);
    const unsaved = draft !== null && !sameJson(draft.document, document) ? draft : null;
    this.adopt(id, summary.revision, document);
    this.options.attempts?.begin(id);
    if (unsaved !== null && unsaved.revision === summary.revision) {
      // The page went before this was saved.
      editor.open(unsaved.document);
      this.saver.saveSoon();
    } else {
      // A repaired document differs from the stored one, and is stored with the next change.
      editor.open(document);
      // Another tab has saved since: both are kept.
      if (unsaved !== null) await this.openNow(asCopy(unsaved.document), 'copy');
    }
    const { document: value } = editor.getState();
    return { ok: true, value, diagnostics: loaded.diagnostics };
  }

  private adopt(id: string, revision: number, saved: BasinDocument | null): void {
    this.saver.adopt(id, revision, saved);
    if (revision > 0) this.state.setState({ unread: null });
    const { unread } = this.state.getState();
    this.options.preferences.set(LAST_DOCUMENT, unread?.id ?? id);
  }

  /** What is kept beside a document goes with it. */
  private forget(id: string): void {
    forgetDraft(this.options.preferences, id);
    forgetLook(this.options.preferences, id);
  }

  /** Before another document is opened. */
  private async leave(): Promise<void> {
    const { preferences, store } = this.options;
    // It may be stored for the first time just now.
    await this.saver.settle();
    const { id, save, gone } = this.state.getState();
    if (preferences.get(UNTOUCHED) === id) {
      preferences.set(UNTOUCHED, null);
      await this.saver.enqueue(() => store.remove(id));
      this.forget(id);
      return this.refresh();
    }
    // What another tab threw away is let go, unless there is more of it here.
    if (gone !== null && !this.saver.hasUnsaved) return;
    // Of two conflicting versions both are kept.
    if (save === 'conflict') return this.keepBoth();
    if (this.saver.isStored) await this.flush();
  }

  private heard(change: StoreChange): void {
    void this.refresh();
    if (change.kind === 'saved') return this.saver.savedElsewhere(change.summary);
    const id = change.kind === 'removed' ? change.id : change.summary.id;
    if (id === this.state.getState().id) this.saver.goneElsewhere(change.kind);
  }
}
