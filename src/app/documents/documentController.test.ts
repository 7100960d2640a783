import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { setTitle } from '../../document/commands/settingsCommands';
import { documentTabs, titled, titles } from './documentTabs';

const { openTab, openStore } = documentTabs();

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
    const real = openStore();
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
