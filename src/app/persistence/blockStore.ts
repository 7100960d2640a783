import type { DBSchema } from 'idb';
import { success, type Result } from '../../core/result';
import type { Diagnostic } from '../../core/diagnostic';
import { blockText, readBlock, type Block } from '../../document/block';
import type { KeptBlock } from '../../editor/blocks/blocks';
import { announcedDatabase } from '../../storage/announcedDatabase';
import type { StorageAdvice } from '../../storage/storageFault';

export interface BlockStore {
  /** By name. A block that cannot be read is left out, with the reason in `diagnostics`. */
  list(): Promise<Result<readonly KeptBlock[]>>;
  /** Keeps a block under an id, in place of the one that has it. */
  put(block: KeptBlock): Promise<Result<null>>;
  /** Removing what is not there is fine. */
  remove(id: string): Promise<Result<null>>;
  /** Tells of changes in other tabs. Gives back the function that ends it. */
  subscribe(listener: () => void): () => void;
  /** Ends the connection to the database and to other tabs. */
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  /** The text of a block file by id: it is read with the same care as one. */
  blocks: { key: string; value: string };
}

const DATABASE_VERSION = 1;

const ADVICE: StorageAdvice = {
  what: 'blocks',
  full: 'Remove blocks or documents that you do not need.',
  other: 'Save your blocks as files',
};

/** The user's blocks in this browser's IndexedDB. */
export function createBlockStore(name = 'basin-blocks'): BlockStore {
  const { open, attempt, announce, subscribe, close } = announcedDatabase<Schema, null>(
    name,
    DATABASE_VERSION,
    (database) => {
      database.createObjectStore('blocks');
    },
    ADVICE,
  );

  return {
    list: () =>
      attempt('your blocks cannot be read', async () => {
        const transaction = (await open()).transaction('blocks');
        const [ids, texts] = await Promise.all([
          transaction.store.getAllKeys(),
          transaction.store.getAll(),
        ]);
        const diagnostics: Diagnostic[] = [];
        const blocks = ids.flatMap((id, index): KeptBlock[] => {
          // What is there need not be what was put there: one damaged entry must not hide the others.
          const text: unknown = texts[index];
          const read = readBlock(typeof text === 'string' ? text : '', 'A block of this browser');
          diagnostics.push(...read.diagnostics);
          return read.ok ? [{ id, ...read.value }] : [];
        });
        return success(blocks.sort(byName), diagnostics);
      }),

    put: ({ id, ...block }) =>
      attempt('the block is not kept', async () => {
        await (await open()).put('blocks', blockText(block), id);
        announce(null);
        return success(null);
      }),

    remove: (id) =>
      attempt('the block is still there', async () => {
        await (await open()).delete('blocks', id);
        announce(null);
        return success(null);
      }),

    subscribe,
    close,
  };
}

function byName(a: Block & { id: string }, b: Block & { id: string }): number {
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
}
