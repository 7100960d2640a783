import type { DBSchema, IDBPDatabase } from 'idb';
import { failure, type Result } from '../core/result';
import { answered, connectTo } from './database';
import { storageFault, type StorageAdvice } from './storageFault';

/** A database of this browser whose changes are told to other tabs and workers. `Change`: what is told. */
export interface AnnouncedDatabase<Schema extends DBSchema, Change> {
  /** Opens it at the first call, and again if the browser closed it. */
  readonly open: () => Promise<IDBPDatabase<Schema>>;
  /** A database that fails is a fault for the user, who is told of the consequence. */
  readonly attempt: <T>(
    consequence: string,
    action: () => Promise<Result<T>>,
  ) => Promise<Result<T>>;
  readonly announce: (change: Change) => void;
  /** Tells of changes elsewhere. Gives back the function that ends it. */
  readonly subscribe: (listener: (change: Change) => void) => () => void;
  /** Ends the connection to the database and to others. */
  readonly close: () => Promise<void>;
}

export function announcedDatabase<Schema extends DBSchema, Change>(
  name: string,
  version: number,
  upgrade: (database: IDBPDatabase<Schema>) => void,
  advice?: StorageAdvice,
): AnnouncedDatabase<Schema, Change> {
  const channel = new BroadcastChannel(name);
  const connection = connectTo<Schema>(name, version, upgrade);
  let closed = false;
  return {
    open: connection.open,
    async attempt(consequence, action) {
      try {
        return await answered(action());
      } catch (error) {
        return failure(storageFault(error, consequence, advice));
      }
    },
    announce(change) {
      if (!closed) channel.postMessage(change);
    },
    subscribe(listener) {
      const receive = (event: Event): void => listener((event as MessageEvent<Change>).data);
      channel.addEventListener('message', receive);
      return () => channel.removeEventListener('message', receive);
    },
    async close() {
      closed = true;
      channel.close();
      await connection.close();
    },
  };
}
