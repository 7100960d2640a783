import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import type { Diagnostic } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { clip } from '../../document/clip';
import { readDocument } from '../../document/read';
import { DOCUMENT_LIMITS, type BasinDocument } from '../../document/schema';
import { announcedDatabase } from '../../storage/announcedDatabase';
import { answered, atomically } from '../../storage/database';
import { storageFault } from '../../storage/storageFault';

/** A line of the document list. */
export interface DocumentSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly updated: number;
  /** Bytes of compact JSON. */
  readonly size: number;
  /** Counts the saves, from 1. */
  readonly revision: number;
  /** When it was put in the bin, in milliseconds since the epoch; undefined where it is not there. */
  readonly binned?: number;
}

export interface StoredDocument {
  readonly summary: DocumentSummary;
  readonly document: BasinDocument;
}

export type SaveOutcome =
  | { readonly status: 'saved'; readonly summary: DocumentSummary }
  /** Nothing was written. `stored` is what is there now; null when the document was removed. */
  | {
      readonly status: 'conflict';
      readonly stored: DocumentSummary | null;
      readonly diagnostic: Diagnostic;
    }
  /** Nothing was written, and what was stored before is still there. */
  | { readonly status: 'failed'; readonly diagnostic: Diagnostic };

/** What another tab did. */
export type StoreChange =
  | { readonly kind: 'saved' | 'binned'; readonly summary: DocumentSummary }
  | { readonly kind: 'removed'; readonly id: string };

export interface DocumentStore {
  /**
   * Writes the document if the stored revision is the one that the caller has seen; 0 for a document that was never
   * saved. Otherwise a conflict: two tabs never overwrite each other's work. Wait for one save before the next.
   */
  save(id: string, document: BasinDocument, revision: number): Promise<SaveOutcome>;
  /** Reads, migrates and repairs; the repairs are in `diagnostics`. */
  load(id: string): Promise<Result<StoredDocument>>;
  /** What is stored as it is, sound or not. */
  stored(id: string): Promise<Result<unknown>>;
  /** Those that are not in the bin, the latest first. */
  list(): Promise<Result<readonly DocumentSummary[]>>;
  /** Those in the bin, the one that came last first. */
  listBin(): Promise<Result<readonly DocumentSummary[]>>;
  /** Puts a document in the bin: as a new revision, so that a tab that has it open does not save over it unseen. */
  putInBin(id: string): Promise<Result<DocumentSummary>>;
  /** Takes it out again. Of a document that is not there it is no change. */
  takeFromBin(id: string): Promise<Result<DocumentSummary>>;
  /** Removes what was put in the bin before a time, milliseconds since the epoch; gives the ids. */
  emptyBin(before: number): Promise<Result<readonly string[]>>;
  /** Changes the title of a stored document, as a new revision. */
  rename(id: string, title: string): Promise<Result<DocumentSummary>>;
  /** For good. Removing what is not there is fine. */
  remove(id: string): Promise<Result<null>>;
  /** Tells of saves, renames and removals in other tabs. Gives back the function that ends it. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  /** Ends the connection to the database and to other tabs. */
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  summaries: { key: string; value: DocumentSummary };
  /** Apart from the summaries, so that the list does not read whole documents. */
  documents: { key: string; value: BasinDocument };
}

const STORES = ['summaries', 'documents'] as const;
const DATABASE_VERSION = 1;

/** Documents in this browser's IndexedDB. Opens the database at the first call, and again if the browser closed it. */
export function createDocumentStore(name = 'basin-documents'): DocumentStore {
  const database = announcedDatabase<Schema, StoreChange>(name, DATABASE_VERSION, (made) => {
    made.createObjectStore('summaries', { keyPath: 'id' });
    made.createObjectStore('documents');
  });
  const { open: connect, attempt, announce, subscribe, close } = database;

  /** Into the bin, at a time, or out of it. */
  const move = (
    consequence: string,
    id: string,
    binned: number | undefined,
  ): Promise<Result<DocumentSummary>> =>
    attempt(consequence, async () => {
      const moved = await change(await connect(), async ({ summaries }) => {
        const summary = await summaries.get(id);
        if (!summary) return null;
        const { binned: _, ...rest } = summary;
        const revision = summary.revision + 1;
        const next = { ...rest, revision, ...(binned !== undefined && { binned }) };
        await summaries.put(next);
        return next;
      });
      if (moved === null) return failure(missing());
      announce({ kind: binned === undefined ? 'saved' : 'binned', summary: moved });
      return success(moved);
    });

  return {
    async save(id, document, revision) {
      try {
        const outcome = await answered(write(await connect(), id, document, revision));
        if (outcome.status === 'saved') announce({ kind: 'saved', summary: outcome.summary });
        return outcome;
      } catch (error) {
        return {
          status: 'failed',
          diagnostic: storageFault(error, 'the last changes are not saved'),
        };
      }
    },

    load: (id) =>
      attempt('the document cannot be read', async () => {
        const transaction = (await connect()).transaction(STORES);
        const [summary, stored] = await Promise.all([
          transaction.objectStore('summaries').get(id),
          transaction.objectStore('documents').get(id),
        ]);
        if (!summary) return failure(missing());
        const read = readDocument(stored, `“${summary.title}”`);
        if (!read.ok) return read;
        return success({ summary, document: read.value }, read.diagnostics);
      }),

    stored: (id) =>
      attempt('the document cannot be read', async () => {
        const stored: unknown = await (await connect()).get('documents', id);
        return stored === undefined ? failure(missing()) : success(stored);
      }),

    list: () =>
      attempt('the list of documents cannot be read', async () => {
        const summaries = await (await connect()).getAll('summaries');
        const kept = summaries.filter(({ binned }) => binned === undefined);
        return success(kept.sort((a, b) => b.updated - a.updated || (a.id < b.id ? -1 : 1)));
      }),

    listBin: () =>
      attempt('the bin cannot be read', async () => {
        const summaries = await (await connect()).getAll('summaries');
        const binned = summaries.filter((summary) => summary.binned !== undefined);
        return success(binned.sort((a, b) => (b.binned ?? 0) - (a.binned ?? 0)));
      }),

    putInBin: (id) => move('the document stays where it is', id, Date.now()),

    takeFromBin: (id) => move('the document stays in the bin', id, undefined),

    emptyBin: (before) =>
      attempt('the bin is not emptied', async () => {
        const ids = await change(await connect(), async ({ summaries, documents }) => {
          const old = (await summaries.getAll()).filter(
            ({ binned }) => binned !== undefined && binned < before,
          );
          for (const { id } of old) {
            await summaries.delete(id);
            await documents.delete(id);
          }
          return old.map(({ id }) => id);
        });
        for (const id of ids) announce({ kind: 'removed', id });
        return success(ids);
      }),

    rename: (id, title) =>
      attempt('the document keeps its title', async () => {
        const renamed = await change(await connect(), async ({ summaries, documents }) => {
          const [summary, stored] = await Promise.all([summaries.get(id), documents.get(id)]);
          if (!summary || !stored) return null;
          const document = { ...stored, title: clip(title, DOCUMENT_LIMITS.label) };
          const next = summarise(id, document, summary.revision + 1);
          await summaries.put(next);
          await documents.put(document, id);
          return next;
        });
        if (renamed === null) return failure(missing());
        announce({ kind: 'saved', summary: renamed });
        return success(renamed);
      }),

    remove: (id) =>
      attempt('the document is still there', async () => {
        await change(await connect(), async ({ summaries, documents }) => {
          await summaries.delete(id);
          await documents.delete(id);
        });
        announce({ kind: 'removed', id });
        return success(null);
      }),

    subscribe,
    close,
  };
}

interface WritableStores {
  readonly summaries: WritableStore<'summaries'>;
  readonly documents: WritableStore<'documents'>;
}

type WritableStore<Name extends (typeof STORES)[number]> = IDBPObjectStore<
  Schema,
  typeof STORES,
  Name,
  'readwrite'
>;

/** All of an action's writes, or none. */
function change<T>(
  database: IDBPDatabase<Schema>,
  action: (stores: WritableStores) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(STORES, 'readwrite');
  return atomically(transaction, () =>
    action({
      summaries: transaction.objectStore('summaries'),
      documents: transaction.objectStore('documents'),
    }),
  );
}

/** Looks at the stored revision and writes in one transaction, so that no other tab comes in between. */
function write(
  database: IDBPDatabase<Schema>,
  id: string,
  document: BasinDocument,
  revision: number,
): Promise<SaveOutcome> {
  return change(database, async ({ summaries, documents }): Promise<SaveOutcome> => {
    const stored = (await summaries.get(id)) ?? null;
    if ((stored?.revision ?? 0) !== revision) {
      return { status: 'conflict', stored, diagnostic: conflict(stored) };
    }
    const summary = summarise(id, document, revision + 1);
    await summaries.put(summary);
    await documents.put(document, id);
    return { status: 'saved', summary };
  });
}

function conflict(stored: DocumentSummary | null): Diagnostic {
  return {
    code: 'storage.conflict',
    severity: 'error',
    message: stored
      ? stored.binned === undefined
        ? `Another tab saved “${stored.title}” meanwhile; nothing was overwritten.`
        : `“${stored.title}” was put in the bin meanwhile; nothing was overwritten.`
      : 'The document was removed meanwhile, perhaps in another tab; it was not saved again.',
    hint:
      stored?.binned === undefined && stored !== null
        ? 'Load the other version, or keep this one as a copy.'
        : 'Keep it as a new one.',
  };
}

function summarise(id: string, document: BasinDocument, revision: number): DocumentSummary {
  // As long as the canonical text, whose order costs ten times more.
  const size = new TextEncoder().encode(JSON.stringify(document)).length;
  return { id, title: document.title, updated: Date.now(), size, revision };
}

function missing(): Diagnostic {
  return {
    code: 'storage.missing',
    severity: 'error',
    message: 'The document is not in this browser any more: it was removed.',
  };
}
