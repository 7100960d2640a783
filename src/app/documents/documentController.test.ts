import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, type Result } from '../../core/result';
import { defined } from '../../core/invariant';
import { NoAnswerError } from '../../core/watch/withDeadline';
import { storageFault } from '../../storage/storageFault';
import { emptyDocument } from '../../document/schema';
import type { BasinDocument } from '../../document/schema';
import { setTitle } from '../../document/commands/settingsCommands';
import { testStore } from '../../editor/testSupport';
import type { EditorStore } from '../../editor/store/editorState';
import { createDocumentStore } from '../persistence/documentStore';
import type { DocumentStore } from '../persistence/documentStore';
import { createAttempts, type Attempts } from '../page/attempts';
import type { Preferences } from '../preferences';
import { DocumentController } from './documentController';

interface Tab {
  readonly editor: EditorStore;
  readonly store: DocumentStore;
  readonly documents: DocumentController;
  /** Lets the quiet pass. */
  settle(): Promise<void>;
}

let database: string;
let counter = 0;
let tabs: Tab[];
let preferences: Preferences;

beforeEach(() => {
  database = `documents-${counter++}`;
  tabs = [];
  const kept = new Map<string, string>();
  preferences = {
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
});

afterEach(async () => {
  for (const { documents, store } of tabs) {
    documents.dispose();
    await store.close();
  }
});

function openTab(store: DocumentStore = createDocumentStore(database), attempts?: Attempts): Tab {
  const editor = testStore(emptyDocument());
  let pending: (() => void)[] = [];
  const later = (task: () => void) => {
    pending.push(task);
    return () => void (pending = pending.filter((other) => other !== task));
  };
  const newId = (): string => `id${counter++}`;
  const own = { editor, store, preferences, later, newId };
  const documents = new DocumentController(attempts ? { ...own, attempts } : own);
  const tab = {
    editor,
    store,
    documents,
    async settle() {
      pending.splice(0).forEach((task) => task());
      await documents.flush();
    },
  };
  tabs.push(tab);
  return tab;
}

const titled = (title: string): BasinDocument => emptyDocument(title);
const titles = async ({ store }: Tab): Promise<string[]> => {
  const list = await store.list();
  return list.ok ? list.value.map(({ title }) => title).sort() : [];
};

describe('DocumentController', () => {
  it('saves after a change and opens it again on the next visit', async () => {
    const tab = openTab();
    await tab.documents.open(titled('One'), 'file');
    tab.editor.edit(setTitle('Two'));
    expect(tab.documents.state.getState().save).toBe('pending');
    await tab.settle();
    expect(tab.documents.state.getState().save).toBe('saved');

    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Two');
  });

  it('leaves the last document the last while the store cannot be read, and opens it then', async () => {
    const before = openTab();
    await before.documents.open(titled('Last'), 'file');
    const { id } = before.documents.state.getState();
    await before.documents.open(titled('Newest'), 'file');
    await before.documents.openStored(id);

    const store = createDocumentStore(database);
    let isSilent = true;
    const silence = failure<never>(
      storageFault(new NoAnswerError('the database', 8000), 'the document cannot be read'),
    );
    const orSilence =
      <Args extends unknown[], T>(action: (...args: Args) => Promise<Result<T>>) =>
      (...args: Args): Promise<Result<T>> =>
        isSilent ? Promise.resolve(silence) : action(...args);
    const tab = openTab({
      ...store,
      list: orSilence(store.list),
      listBin: orSilence(store.listBin),
      emptyBin: orSilence(store.emptyBin),
      load: orSilence(store.load),
    });
    const state = () => tab.documents.state.getState();
    expect(await tab.documents.restore()).toBe(false);
    tab.documents.begin(titled('Stand-in'), 'template');
    await tab.documents.openUnread();
    expect(state()).toMatchObject({ save: 'failed', unread: { id } });
    expect(state().fault?.message).toContain('does not answer');
    expect(tab.editor.getState().document.title).toBe('Stand-in');

    // Another visit finds what was open last, and not the newest.
    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Last');

    isSilent = false;
    await tab.documents.openUnread();
    expect(state()).toMatchObject({ id, save: 'saved', unread: null, fault: null });
    expect(tab.editor.getState().document.title).toBe('Last');
    expect(await titles(tab)).toEqual(['Last', 'Newest']);
  });

  it('keeps what is made while the store cannot be read, once it can', async () => {
    const before = openTab();
    await before.documents.open(titled('Last'), 'file');
    const store = createDocumentStore(database);
    const silence = failure<never>(storageFault(new NoAnswerError('the database', 8000), 'no'));
    let isSilent = true;
    const tab = openTab({
      ...store,
      emptyBin: (limit) => (isSilent ? Promise.resolve(silence) : store.emptyBin(limit)),
      load: (id) => (isSilent ? Promise.resolve(silence) : store.load(id)),
    });
    expect(await tab.documents.restore()).toBe(false);
    tab.documents.begin(titled('Stand-in'), 'template');
    tab.editor.edit(setTitle('Made meanwhile'));
    isSilent = false;
    await tab.documents.openUnread();
    expect(await titles(tab)).toEqual(['Last', 'Made meanwhile']);
    expect(tab.editor.getState().document.title).toBe('Last');
    expect(tab.documents.state.getState().unread).toBeNull();
  });

  it('finds on the next visit what was made while the store could not be read, and no stand-in that nobody touched', async () => {
    await openTab().documents.open(titled('Last'), 'file');
    const silence = failure<never>(storageFault(new NoAnswerError('the database', 8000), 'no'));
    const silent = async (title: string | null): Promise<void> => {
      const store = createDocumentStore(database);
      const { documents, editor } = openTab({
        ...store,
        emptyBin: () => Promise.resolve(silence),
        load: () => Promise.resolve(silence),
        save: () =>
          Promise.resolve({ status: 'failed', diagnostic: defined(silence.diagnostics[0], 'why') }),
      });
      expect(await documents.restore()).toBe(false);
      documents.begin(titled('Stand-in'), 'template');
      if (title !== null) editor.edit(setTitle(title));
      documents.noteUnsaved();
    };
    await silent('First');
    await silent(null);
    await silent('Second');

    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Last');
    expect(next.documents.found.map(({ title }) => title)).toEqual(['First', 'Second']);
    expect(await titles(next)).toEqual(['First', 'Last', 'Second']);
    const again = openTab();
    await again.documents.restore();
    expect(again.documents.found).toEqual([]);
  });

  it('keeps and lists a document that another follows before it is stored', async () => {
    const tab = openTab();
    const opened: string[] = [];
    tab.editor.subscribe(({ document }) => opened.push(document.title));
    await Promise.all([
      tab.documents.open(titled('One'), 'file'),
      tab.documents.open(titled('Two'), 'link'),
      tab.documents.open(titled('Three'), 'file'),
    ]);
    expect(opened).toEqual(['One', 'Two', 'Three']);
    expect(await titles(tab)).toEqual(['One', 'Three', 'Two']);
    const listed = tab.documents.state.getState().list.map(({ title }) => title);
    expect(listed.sort()).toEqual(['One', 'Three', 'Two']);

    let third = Promise.resolve();
    const stop = tab.editor.subscribe(({ document }) => {
      if (document.title === 'Four') third = tab.documents.open(titled('Five'), 'file');
    });
    await tab.documents.open(titled('Four'), 'file');
    stop();
    await third;
    expect(await titles(tab)).toContain('Four');
  });

  it('finds again what was not saved when the page went', async () => {
    const tab = openTab();
    await tab.documents.open(titled('One'), 'file');
    tab.editor.edit(setTitle('Two'));
    tab.documents.noteUnsaved();
    tab.documents.dispose();

    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Two');
    expect(next.documents.state.getState().save).toBe('pending');
    await next.settle();
    expect(await titles(next)).toEqual(['Two']);
    expect(next.documents.state.getState().save).toBe('saved');
  });

  it('finds nothing again that was saved after all, and keeps both where another tab saved since', async () => {
    const tab = openTab();
    await tab.documents.open(titled('One'), 'file');
    tab.editor.edit(setTitle('Two'));
    tab.documents.noteUnsaved();
    await tab.settle();
    const next = openTab();
    await next.documents.restore();
    expect(next.documents.state.getState().save).toBe('saved');

    next.editor.edit(setTitle('Three'));
    next.documents.noteUnsaved();
    next.documents.dispose();
    tab.editor.edit(setTitle('Four'));
    await tab.settle();
    const last = openTab();
    await last.documents.restore();
    expect(last.editor.getState().document.title).toBe('Three (copy)');
    expect(await titles(last)).toEqual(['Four', 'Three (copy)']);
  });

  it('says that a first visit is one', async () => {
    const tab = openTab();
    expect(await tab.documents.restore()).toBe(false);
    tab.documents.begin(titled('Template'), 'template');
    expect(await tab.documents.recover()).toBe(false);
    expect(tab.editor.getState().document.title).toBe('Template');
  });

  it('finds the document again of a browser that forgot which one was open', async () => {
    const tab = openTab();
    await tab.documents.open(titled('Mine'), 'file');
    preferences.set('lastDocument', null);
    const next = openTab();
    expect(next.documents.hasLast).toBe(false);
    next.documents.begin(titled('Template'), 'template');
    expect(await next.documents.recover()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Mine');
    expect(await titles(next)).toEqual(['Mine']);
  });

  it('opens the latest document when the last one is gone', async () => {
    const tab = openTab();
    await tab.documents.open(titled('Kept'), 'file');
    const kept = tab.documents.state.getState().id;
    await tab.documents.open(titled('Removed'), 'file');
    await tab.store.remove(tab.documents.state.getState().id);
    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.documents.state.getState().id).toBe(kept);
  });

  it('saves what was open before another document is opened', async () => {
    const tab = openTab();
    await tab.documents.open(titled('One'), 'file');
    tab.editor.edit(setTitle('One, changed'));
    await tab.documents.open(titled('Other'), 'file');
    expect(await titles(tab)).toEqual(['One, changed', 'Other']);
    expect(tab.editor.getState().undoLabel).toBeNull();
  });

  it('keeps no trace of a template that nobody touched', async () => {
    const tab = openTab();
    await tab.documents.open(titled('Template'), 'template');
    expect(await titles(tab)).toEqual(['Template']);
    await tab.documents.open(titled('Touched'), 'template');
    tab.editor.edit(setTitle('Mine'));
    await tab.documents.open(titled('New'), 'new');
    expect(await titles(tab)).toEqual(['Mine', 'New']);
    const next = openTab();
    await next.documents.restore();
    await next.documents.open(titled('File'), 'file');
    expect(await titles(tab)).toEqual(['File', 'Mine']);
  });

  it('writes nothing over the work of another tab, and keeps both', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.documents.open(titled('Shared'), 'file');
    await two.documents.restore();
    one.editor.edit(setTitle('From one'));
    await one.settle();
    two.editor.edit(setTitle('From two'));
    await two.settle();
    expect(two.documents.state.getState().save).toBe('conflict');
    expect(await titles(one)).toEqual(['From one']);

    await two.documents.keepBoth();
    expect(two.documents.state.getState().save).toBe('saved');
    expect(await titles(one)).toEqual(['From one', 'From two (copy)']);
    two.editor.edit(setTitle('Goes on'));
    await two.settle();
    expect(await titles(one)).toEqual(['From one', 'Goes on']);
  });

  it('can take over what the other tab saved', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.documents.open(titled('Shared'), 'file');
    await two.documents.restore();
    one.editor.edit(setTitle('From one'));
    await one.settle();
    two.editor.edit(setTitle('From two'));
    await two.settle();
    await two.documents.loadOther();
    expect(two.editor.getState().document.title).toBe('From one');
    expect(two.documents.state.getState().save).toBe('saved');
  });

  it('hears of a change in another tab before it has changed anything itself', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.documents.open(titled('Shared'), 'file');
    await two.documents.restore();
    const heard = new Promise<void>((resolve) => {
      two.documents.state.subscribe(({ save }) => {
        if (save === 'conflict') resolve();
      });
    });
    one.editor.edit(setTitle('From one'));
    await one.settle();
    await heard;
    expect(two.documents.state.getState().fault?.message).toContain('From one');
  });

  it('keeps both versions when a conflicting document is left', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.documents.open(titled('Shared'), 'file');
    await two.documents.restore();
    one.editor.edit(setTitle('From one'));
    await one.settle();
    two.editor.edit(setTitle('From two'));
    await two.settle();
    await two.documents.open(titled('Next'), 'file');
    expect(await titles(one)).toEqual(['From one', 'From two (copy)', 'Next']);
  });

  it('says that the browser is full and tries again with the next change', async () => {
    const real = createDocumentStore(database);
    let full = true;
    const tab = openTab({
      ...real,
      save: (id, document, revision) =>
        full
          ? Promise.resolve({
              status: 'failed',
              diagnostic: { code: 'storage.full', severity: 'error', message: 'No room.' },
            })
          : real.save(id, document, revision),
    });
    await tab.documents.open(titled('Large'), 'file');
    expect(tab.documents.state.getState()).toMatchObject({
      save: 'failed',
      fault: { code: 'storage.full' },
    });
    full = false;
    tab.editor.edit(setTitle('Smaller'));
    await tab.settle();
    expect(tab.documents.state.getState()).toMatchObject({ save: 'saved', fault: null });
  });

  it('renames and duplicates', async () => {
    const tab = openTab();
    await tab.documents.open(titled('One'), 'file');
    const first = tab.documents.state.getState().id;
    await tab.documents.duplicate();
    await tab.documents.rename(first, 'Renamed');
    expect(await titles(tab)).toEqual(['One (copy)', 'Renamed']);
    await tab.documents.remove(first);
    expect(tab.documents.state.getState().list.map(({ title }) => title)).toEqual(['One (copy)']);
  });
});

describe('the bin', () => {
  const binned = ({ documents }: Tab) => documents.state.getState().bin.map(({ title }) => title);
  const listed = ({ documents }: Tab) => documents.state.getState().list.map(({ title }) => title);

  it('takes a document out of the list and gives it back as it was', async () => {
    const tab = openTab();
    await tab.documents.open(titled('Kept'), 'file');
    const { id } = tab.documents.state.getState();
    await tab.documents.open(titled('Other'), 'file');
    expect(await tab.documents.putInBin(id)).toMatchObject({ ok: true });
    expect([listed(tab), binned(tab)]).toEqual([['Other'], ['Kept']]);
    expect(await tab.documents.takeFromBin(id)).toMatchObject({ ok: true });
    expect([listed(tab).sort(), binned(tab)]).toEqual([['Kept', 'Other'], []]);
    expect(await tab.documents.openStored(id)).toMatchObject({ ok: true, value: titled('Kept') });
  });

  it('is emptied when asked to, and of what is too old at the next visit', async () => {
    const tab = openTab();
    const ids: string[] = [];
    for (const title of ['Old', 'New', 'Open']) {
      await tab.documents.open(titled(title), 'file');
      ids.push(tab.documents.state.getState().id);
    }
    const [old = '', recent = ''] = ids;
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 31 * 86_400_000);
    await tab.documents.putInBin(old);
    now.mockRestore();
    await tab.documents.putInBin(recent);
    expect(binned(tab)).toEqual(['New', 'Old']);

    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(binned(next)).toEqual(['New']);
    expect(await next.store.load(old)).toMatchObject({ ok: false });

    await next.documents.emptyBin();
    expect(binned(next)).toEqual([]);
    expect(listed(next)).toEqual(['Open']);
    expect(await next.store.load(recent)).toMatchObject({ ok: false });
  });

  it('does not open what is in it at the next visit, and a document opened from it is out of it', async () => {
    const tab = openTab();
    await tab.documents.open(titled('First'), 'file');
    const { id } = tab.documents.state.getState();
    await tab.documents.open(titled('Second'), 'file');
    await tab.documents.putInBin(id);
    preferences.set('lastDocument', id);
    const next = openTab();
    await next.documents.restore();
    expect(next.editor.getState().document.title).toBe('Second');
    await next.documents.openStored(id);
    await next.documents.refresh();
    expect([listed(next).sort(), binned(next)]).toEqual([['First', 'Second'], []]);
    next.editor.edit(setTitle('First, changed'));
    await next.settle();
    expect(next.documents.state.getState().save).toBe('saved');
  });

  it('is not written over by a tab that has the document open: both are kept', async () => {
    const [tab, other] = [openTab(), openTab()];
    await tab.documents.open(titled('Shared'), 'file');
    const { id } = tab.documents.state.getState();
    await other.documents.open(titled('Other'), 'file');
    await other.documents.putInBin(id);
    tab.editor.edit(setTitle('Shared, changed'));
    await tab.settle();
    const { save, fault } = tab.documents.state.getState();
    expect(save).toBe('conflict');
    expect(fault?.message).toContain('bin');
    await tab.documents.keepBoth();
    await other.documents.refresh();
    expect(listed(other).sort()).toEqual(['Other', 'Shared, changed']);
    expect(binned(other)).toEqual(['Shared']);
  });
});

describe('a document that another tab throws away', () => {
  /** One tab has it open, another removes it or puts it in the bin, and the first has heard of it. */
  async function thrownAway(how: 'remove' | 'putInBin') {
    const [tab, other] = [openTab(), openTab()];
    await tab.documents.open(titled('Shared'), 'file');
    const { id } = tab.documents.state.getState();
    const heard = new Promise<void>((resolve) => {
      tab.documents.state.subscribe(({ gone }) => gone !== null && resolve());
    });
    await other.documents.open(titled('Other'), 'file');
    await other.documents[how](id);
    await heard;
    return { tab, other };
  }

  it.each([
    ['remove', 'removed', /“Shared” was removed in another tab/],
    ['putInBin', 'binned', /“Shared” was put in the bin in another tab/],
  ] as const)(
    'is said to be gone at once (%s), and kept when asked to',
    async (how, gone, words) => {
      const { tab, other } = await thrownAway(how);
      expect(tab.documents.state.getState()).toMatchObject({ save: 'conflict', gone });
      expect(tab.documents.state.getState().fault?.message).toMatch(words);
      // Nothing is written behind the other tab's back.
      tab.editor.edit(setTitle('Shared, changed'));
      await tab.settle();
      expect(await titles(other)).not.toContain('Shared, changed');
      await tab.documents.keepBoth();
      expect(tab.documents.state.getState()).toMatchObject({ save: 'saved', gone: null });
      expect(await titles(other)).toContain('Shared, changed');
    },
  );

  it('goes when it is left, unless there is more of it here', async () => {
    const left = await thrownAway('remove');
    await left.tab.documents.open(titled('Next'), 'file');
    expect(await titles(left.other)).toEqual(['Next', 'Other']);
    const changed = await thrownAway('remove');
    changed.tab.editor.edit(setTitle('Shared, changed'));
    await changed.tab.documents.open(titled('Then'), 'file');
    expect(await titles(changed.other)).toContain('Shared, changed');
  });
});

describe('a document that was open last and cannot be opened', () => {
  it.each([
    ['newer', { version: 99 }, 'document.too-new', true],
    ['without its nodes', { nodes: 'rubble' }, 'document.not-basin', false],
    ['of something else', { format: 'other' }, 'document.not-basin', true],
  ] as const)('is put aside and kept: %s', async (_, damage, code, isMended) => {
    const tab = openTab();
    await tab.documents.open(titled('Sound'), 'file');
    const damaged = { ...titled('Damaged'), ...damage } as unknown as BasinDocument;
    await tab.documents.open(titled('Damaged'), 'file');
    const { id, list } = tab.documents.state.getState();
    const revision = list.find((summary) => summary.id === id)?.revision ?? 0;
    await tab.store.save(id, damaged, revision);

    const next = openTab();
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Sound');
    expect(next.documents.putAside).toMatchObject({ id, title: 'Damaged' });
    expect(next.documents.putAside?.diagnostics[0]?.code).toBe(code);
    expect(await titles(next)).toContain('Damaged');
    const { text, mended } = await next.documents.salvage(id);
    expect(JSON.parse(text ?? '')).toEqual(damaged);
    expect(mended).toEqual(isMended ? titled('Damaged') : null);
  });

  it('is not read again when it took the page down', async () => {
    const attempts = createAttempts(preferences);
    const tab = openTab();
    await tab.documents.open(titled('Sound'), 'file');
    await tab.documents.open(titled('Heavy'), 'file');
    const { id } = tab.documents.state.getState();
    attempts.begin(id);
    const next = openTab(undefined, createAttempts(preferences));
    expect(await next.documents.restore()).toBe(true);
    expect(next.editor.getState().document.title).toBe('Sound');
    expect(next.documents.putAside?.diagnostics[0]?.code).toBe('document.breaks');
    const then = openTab(undefined, createAttempts(preferences));
    await then.documents.openStored(id);
    expect(then.editor.getState().document.title).toBe('Heavy');
  });
});

describe('copies of stored documents', () => {
  it('are new ones, and what is open stays', async () => {
    const tab = openTab();
    await tab.documents.open(titled('A'), 'file');
    const { id } = tab.documents.state.getState();
    tab.editor.edit(setTitle('A, changed'));
    expect(await tab.documents.duplicateStored(id)).toMatchObject({ ok: true });
    expect(tab.documents.state.getState().id).toBe(id);
    expect(await titles(tab)).toEqual(['A, changed', 'A, changed (copy)']);
    expect(await tab.documents.duplicateStored('none')).toMatchObject({ ok: false });
  });
});
