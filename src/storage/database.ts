import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';
import { NoAnswerError, withDeadline } from '../core/watch/withDeadline';

/** How long a database is waited for, in milliseconds: a page that is to show something cannot wait for ever. */
const OPEN_MS = 8000;
/** The same for what is read or written once it is open, where there may be much to write. */
const ACTION_MS = 30_000;

/** One database of the browser, opened at the first call, and again if the browser has closed it. */
export interface Connection<Schema extends DBSchema> {
  open(): Promise<IDBPDatabase<Schema>>;
  close(): Promise<void>;
}

export function connectTo<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): Connection<Schema> {
  let connection: Promise<IDBPDatabase<Schema>> | null = null;
  /** It has not answered in time. Should it do so later, it is there for whoever asks then. */
  let silence: NoAnswerError | null = null;
  const forget = (): void => {
    connection = null;
    silence = null;
  };
  return {
    async open() {
      connection ??= openDB<Schema>(name, version, {
        upgrade,
        // A newer Basin in another tab wants to upgrade the database: it must not wait for this one.
        blocking(_current, _blocked, event) {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      }).then(
        (database) => {
          silence = null;
          return database;
        },
        (error: unknown) => {
          forget();
          throw error;
        },
      );
      if (silence !== null) throw silence;
      try {
        return await withDeadline(connection, OPEN_MS, 'the database');
      } catch (error) {
        if (error instanceof NoAnswerError) silence = error;
        throw error;
      }
    },
    async close() {
      const open = connection;
      const isThere = silence === null;
      forget();
      const closed = open?.then(
        (database) => database.close(),
        () => undefined,
      );
      if (isThere) await closed;
    },
  };
}

/** What is read from a database or written to it; rejects with a `NoAnswerError` where a transaction elsewhere does not end, say. */
export function answered<T>(action: Promise<T>): Promise<T> {
  return withDeadline(action, ACTION_MS, 'the database');
}

/** All of an action's writes, or none: left alone, a transaction whose action threw would commit the first half. */
export async function atomically<T>(
  transaction: { readonly done: Promise<void>; abort(): void },
  action: () => Promise<T>,
): Promise<T> {
  const finished = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    const value = await action();
    const failed = await finished;
    if (failed !== null) throw failed.error;
    return value;
  } catch (error) {
    abort(transaction);
    // The reason why the transaction failed says more than that a request of it was aborted.
    const failed = await finished;
    const aborted = error instanceof DOMException && error.name === 'AbortError';
    throw aborted && failed !== null ? failed.error : error;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
