import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { setTitle } from '../../document/commands/settingsCommands';
import { documentTabs, titled, titles, type Tab } from './documentTabs';

const { openTab, preferences } = documentTabs();

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
