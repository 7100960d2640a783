import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';

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
  const forget = (): void => {
    connection = null;
  };
  return {
    open() {
      connection ??= openDB<Schema>(name, version, {
        upgrade,
        // A newer Basin in another tab wants to upgrade the database: it must not wait for this one.
        blocking(_current, _blocked, event) {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      }).catch((error: unknown) => {
        forget();
        throw error;
      });
      return connection;
    },
    async close() {
      const open = connection;
      forget();
      (await open?.catch(() => null))?.close();
    },
  };
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
