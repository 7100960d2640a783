import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDataStore, type DataStore, type KeptData } from './dataStore';

const stores: DataStore[] = [];
let count = 0;

function open(name: string): DataStore {
  const store = createDataStore(name);
  stores.push(store);
  return store;
}

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  vi.restoreAllMocks();
});

const data = (hash: string, added: number): KeptData => ({
  ...{ hash, added, name: `${hash}.csv`, rows: 2, columns: 1, size: 4 },
});

describe('the store of own data', () => {
  it('keeps bytes by hash, lists the latest first, and removes them', async () => {
    const name = `data-${count++}`;
    const [store, other] = [open(name), open(name)];
    const heard = vi.fn();
    other.subscribe(heard);
    await store.put(data('a', 1), Uint8Array.of(1, 2, 3, 4));
    await store.put(data('b', 2), Uint8Array.of(5));
    await store.put(data('a', 3), Uint8Array.of(1, 2, 3, 4));
    const list = await other.list();
    expect(list.ok && list.value.map(({ hash }) => hash)).toEqual(['a', 'b']);
    const bytes = await other.bytes('a');
    expect(bytes.ok && new Uint8Array(bytes.value)).toEqual(Uint8Array.of(1, 2, 3, 4));
    await other.remove('a');
    expect(await store.bytes('a')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'storage.missing' }],
    });
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3));
  });

  it('says that the browser has no room, and keeps nothing by halves', async () => {
    const store = open(`data-${count++}`);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    put.mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await store.put(data('a', 1), Uint8Array.of(1))).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: 'storage.full',
          message: 'The browser has no room left: “a.csv” is not kept.',
          hint: 'Remove data, runs or documents that you do not need.',
        },
      ],
    });
    expect(await store.list()).toMatchObject({ ok: true, value: [] });
  });
});
