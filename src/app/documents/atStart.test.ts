import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { failure, type Result } from '../../core/result';
import { defined } from '../../core/invariant';
import { NoAnswerError } from '../../core/watch/withDeadline';
import { storageFault } from '../../storage/storageFault';
import type { BasinDocument } from '../../document/schema';
import { setTitle } from '../../document/commands/settingsCommands';
import { createAttempts } from '../page/attempts';
import { documentTabs, titled, titles } from './documentTabs';

const { openTab, openStore, preferences } = documentTabs();

describe('at the start of a visit', () => {
  it('leaves the last document the last while the store cannot be read, and opens it then', async () => {
    const before = openTab();
    await before.documents.open(titled('Last'), 'file');
    const { id } = before.documents.state.getState();
    await before.documents.open(titled('Newest'), 'file');
    await before.documents.openStored(id);

    const store = openStore();
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
    const store = openStore();
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
      const store = openStore();
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
