import type { DBSchema } from 'idb';
import { failure, success, type Result } from '../core/result';
import { announcedDatabase } from './announcedDatabase';
import { atomically } from './database';
import type { StorageAdvice } from './storageFault';

/** What is listed of somebody's own data. */
export interface KeptData {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** Of the file that it was read from. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Bytes that are kept. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly added: number;
}

export interface DataStore {
  /** The latest first. */
  list(): Promise<Result<readonly KeptData[]>>;
  /** Keeps data under its hash; the same data again is no change but of its name. */
  put(data: KeptData, bytes: Uint8Array<ArrayBuffer>): Promise<Result<null>>;
  /** The bytes; `storage.missing` where there are none. */
  bytes(hash: string): Promise<Result<ArrayBuffer>>;
  /** Removing what is not there is fine. */
  remove(hash: string): Promise<Result<null>>;
  /** Tells of changes elsewhere: in workers and other tabs. Gives back the function that ends it. */
  subscribe(listener: () => void): () => void;
  /** Ends the connection to the database and to others. */
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  list: { key: string; value: KeptData };
  bytes: { key: string; value: ArrayBuffer };
}

const DATABASE_VERSION = 1;

const ADVICE: StorageAdvice = {
  what: 'data',
  full: 'Remove data, runs or documents that you do not need.',
  other: 'Your files stay where they are',
};

/** Data that somebody brought, in this browser's IndexedDB, where page and workers find it. */
export function createDataStore(name = 'basin-data'): DataStore {
  const { open, attempt, announce, subscribe, close } = announcedDatabase<Schema, null>(
    name,
    DATABASE_VERSION,
    (database) => {
      database.createObjectStore('list');
      database.createObjectStore('bytes');
    },
    ADVICE,
  );

  return {
    list: () =>
      attempt('your data cannot be listed', async () => {
        const list = await (await open()).getAll('list');
        return success(list.sort((a, b) => b.added - a.added));
      }),

    put: (data, bytes) =>
      attempt(`“${data.name}” is not kept`, async () => {
        const transaction = (await open()).transaction(['list', 'bytes'], 'readwrite');
        await atomically(transaction, async () => {
          await transaction.objectStore('bytes').put(bytes.buffer, data.hash);
          await transaction.objectStore('list').put(data, data.hash);
        });
        announce(null);
        return success(null);
      }),

    bytes: (hash) =>
      attempt('the data cannot be read', async () => {
        const bytes = await (await open()).get('bytes', hash);
        return bytes
          ? success(bytes)
          : failure({
              code: 'storage.missing',
              severity: 'error',
              message: 'The data is not in this browser.',
              hint: 'Choose its file on the data node.',
            });
      }),

    remove: (hash) =>
      attempt('the data is still there', async () => {
        const transaction = (await open()).transaction(['list', 'bytes'], 'readwrite');
        await atomically(transaction, async () => {
          await transaction.objectStore('list').delete(hash);
          await transaction.objectStore('bytes').delete(hash);
        });
        announce(null);
        return success(null);
      }),

    subscribe,
    close,
  };
}
