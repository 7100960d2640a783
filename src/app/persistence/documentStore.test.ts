import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDocument, type BasinDocument } from '../../document/schema';
import {
  createDocumentStore,
  type DocumentStore,
  type DocumentSummary,
  type SaveOutcome,
  type StoreChange,
} from './documentStore';

let name = '';
let count = 0;
let tabs: DocumentStore[] = [];

function openTab(): DocumentStore {
  const tab = createDocumentStore(name);
  tabs.push(tab);
  return tab;
}

beforeEach(() => {
  name = `test-${count++}`;
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await Promise.all(tabs.map((tab) => tab.close()));
  tabs = [];
});

function titled(title: string): BasinDocument {
  return emptyDocument(title);
}

function saved(outcome: SaveOutcome): DocumentSummary {
  if (outcome.status !== 'saved') throw new Error(outcome.diagnostic.message);
  return outcome.summary;
}

async function titleOf(store: DocumentStore, id: string): Promise<string | null> {
  const result = await store.load(id);
  return result.ok ? result.value.document.title : null;
}

describe('one tab', () => {
  it('saves, loads and lists', async () => {
    const store = openTab();
    expect(await store.list()).toMatchObject({ ok: true, value: [] });
    vi.useFakeTimers({ toFake: ['Date'], now: 100 });
    expect(saved(await store.save('a', titled('First'), 0)).revision).toBe(1);
    vi.setSystemTime(200);
    saved(await store.save('b', titled('Second'), 0));
    vi.setSystemTime(300);
    expect(saved(await store.save('a', titled('First, changed'), 1)).revision).toBe(2);

    const list = await store.list();
    expect(list.ok && list.value.map(({ id, title, updated }) => [id, title, updated])).toEqual([
      ['a', 'First, changed', 300],
      ['b', 'Second', 200],
    ]);
    const loaded = await store.load('a');
    expect(loaded.ok && loaded.value.document).toEqual(titled('First, changed'));
    expect(loaded.ok && loaded.value.summary.size).toBe(
      JSON.stringify(titled('First, changed')).length,
    );
  });

  it('renames, as a new revision', async () => {
    const store = openTab();
    saved(await store.save('a', titled('Old'), 0));
    expect(await store.rename('a', 'x'.repeat(300))).toMatchObject({
      ok: true,
      value: { revision: 2 },
    });
    expect(await titleOf(store, 'a')).toBe('x'.repeat(200));
    expect((await store.rename('gone', 'New')).diagnostics[0]?.code).toBe('storage.missing');
  });

  it('removes', async () => {
    const store = openTab();
    saved(await store.save('a', titled('A'), 0));
    expect(await store.remove('a')).toMatchObject({ ok: true });
    expect(await store.remove('a')).toMatchObject({ ok: true });
    expect((await store.load('a')).diagnostics[0]?.code).toBe('storage.missing');
    expect(await store.list()).toMatchObject({ value: [] });
  });

  it('keeps documents when it is closed and opened again', async () => {
    const store = openTab();
    saved(await store.save('a', titled('A'), 0));
    await store.close();
    expect(await titleOf(openTab(), 'a')).toBe('A');
  });

  it('repairs what was damaged in the store', async () => {
    const store = openTab();
    saved(
      await store.save('a', { ...titled('A'), training: undefined } as unknown as BasinDocument, 0),
    );
    const loaded = await store.load('a');
    expect(loaded.ok).toBe(true);
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(['document.repaired']);
  });
});

describe('two tabs', () => {
  it('never overwrite each other', async () => {
    const [one, two] = [openTab(), openTab()];
    saved(await one.save('a', titled('Start'), 0));
    saved(await two.save('a', titled('By two'), 1));
    const outcome = await one.save('a', titled('By one'), 1);
    expect(outcome).toMatchObject({
      status: 'conflict',
      stored: { title: 'By two', revision: 2 },
      diagnostic: { code: 'storage.conflict' },
    });
    expect(await titleOf(one, 'a')).toBe('By two');
    expect(saved(await one.save('a', titled('By one'), 2)).revision).toBe(3);
  });

  it('saving at the same moment: exactly one wins', async () => {
    const stores = [openTab(), openTab(), openTab()];
    const outcomes = await Promise.all(
      stores.map((store, index) => store.save('a', titled(`Tab ${index}`), 0)),
    );
    const won = outcomes.flatMap((each) => (each.status === 'saved' ? [each.summary.title] : []));
    expect(won).toHaveLength(1);
    expect(await titleOf(openTab(), 'a')).toBe(won[0]);
  });

  it('do not bring back what the other removed', async () => {
    const [one, two] = [openTab(), openTab()];
    saved(await one.save('a', titled('A'), 0));
    await two.remove('a');
    expect(await one.save('a', titled('A, changed'), 1)).toMatchObject({
      status: 'conflict',
      stored: null,
    });
  });

  it('tell each other, and not themselves', async () => {
    const [one, two] = [openTab(), openTab()];
    const heard: Record<string, StoreChange[]> = { one: [], two: [] };
    one.subscribe((change) => heard['one']?.push(change));
    const unsubscribe = two.subscribe((change) => heard['two']?.push(change));
    const summary = saved(await one.save('a', titled('A'), 0));
    await one.remove('a');
    await vi.waitFor(() => expect(heard['two']).toHaveLength(2));
    expect(heard['two']).toEqual([
      { kind: 'saved', summary },
      { kind: 'removed', id: 'a' },
    ]);
    unsubscribe();
    saved(await two.save('b', titled('B'), 0));
    await vi.waitFor(() => expect(heard['one']).toHaveLength(1));
    expect(heard['two']).toHaveLength(2);
  });
});

describe('faults', () => {
  /** Lets the first `working` writes pass; the next fails as a full disk does. */
  function fillDisk(working: number, how: 'at the request' | 'at the commit'): void {
    const put = IDBObjectStore.prototype.put;
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...input
    ) {
      if (writes++ < working) return put.apply(this, input);
      const error = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      if (how === 'at the request') throw error;
      const request = put.apply(this, input);
      Object.defineProperty(this.transaction, 'error', { get: () => error, set: () => undefined });
      this.transaction.abort();
      return request;
    });
  }

  for (const how of ['at the request', 'at the commit'] as const) {
    for (const working of [0, 1]) {
      it(`a full disk, ${how} of write ${working + 1}, loses nothing`, async () => {
        const store = openTab();
        saved(await store.save('a', titled('Kept'), 0));
        fillDisk(working, how);
        const outcome = await store.save('a', titled('Too much'), 1);
        expect(outcome).toMatchObject({ status: 'failed', diagnostic: { code: 'storage.full' } });
        vi.restoreAllMocks();
        expect(await store.load('a')).toMatchObject({
          ok: true,
          value: { summary: { title: 'Kept', revision: 1 }, document: { title: 'Kept' } },
        });
        expect(saved(await store.save('a', titled('Fits'), 1)).revision).toBe(2);
      });
    }
  }

  it('no storage at all is a diagnostic, and a later call tries again', async () => {
    const store = openTab();
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const list = await store.list();
    expect(list.diagnostics[0]?.code).toBe('storage.unavailable');
    expect(list.diagnostics[0]?.message).toContain('The operation is insecure.');
    vi.restoreAllMocks();
    expect((await store.list()).ok).toBe(true);
  });

  it('makes way for a newer Basin and says so', async () => {
    const store = openTab();
    saved(await store.save('a', titled('A'), 0));
    const newer = await openDB(name, 99);
    const outcome = await store.save('a', titled('B'), 1);
    newer.close();
    expect(outcome.status === 'failed' && outcome.diagnostic.message).toContain('A newer Basin');
  });
});
