import 'fake-indexeddb/auto';
import type { DBSchema } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectTo } from './database';
import { storageFault } from './storageFault';

interface Things extends DBSchema {
  readonly things: { key: string; value: string };
}

afterEach(() => void vi.useRealTimers());

describe('a database that does not answer', () => {
  it('is waited for once, is said to be no loss, and used as soon as it answers after all', async () => {
    const name = 'waits';
    // A connection that lets no newer version in, as in a tab that hangs.
    const blocker = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name, 1);
      request.onsuccess = () => resolve(request.result);
    });
    const connection = connectTo<Things>(name, 2, (database) => {
      database.createObjectStore('things');
    });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const first = connection.open().catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve));
    vi.advanceTimersByTime(8000);
    const { message, hint } = storageFault(await first, 'the document cannot be read');
    expect(message).toBe(
      'The browser’s store of documents does not answer: the document cannot be read.',
    );
    expect(hint).toContain('What is in it is not lost.');
    // Whoever comes next does not wait another eight seconds, nor does the end of the page.
    await expect(connection.open()).rejects.toThrow('the database did not answer within 8 s');
    const other = connectTo(name, 2, () => undefined);
    const second = expect(other.open()).rejects.toThrow(/did not answer/);
    vi.advanceTimersByTime(8000);
    await second;
    await other.close();
    blocker.close();
    await vi.waitFor(async () => {
      expect([...(await connection.open()).objectStoreNames]).toEqual(['things']);
    });
    await connection.close();
  });
});
