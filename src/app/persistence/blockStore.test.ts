import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Block } from '../../document/block';
import { BlocksController } from '../blocks/blocksController';
import { createPageStore } from '../page/pageStore';
import { createBlockStore, type BlockStore } from './blockStore';

let name = '';
let count = 0;
let stores: BlockStore[] = [];

beforeEach(() => {
  name = `blocks-${count++}`;
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

/** A tab of the page with what it says and what it downloads. */
function openTab() {
  const store = createBlockStore(name);
  stores.push(store);
  const [page, said, files] = [createPageStore(), [] as string[], new Map<string, string>()];
  let ids = 0;
  const controller = new BlocksController({
    store,
    page,
    say: (message) => said.push(message),
    download: (title, text) => files.set(title, text),
    newId: () => `${name}-${stores.length}-${ids++}`,
  });
  const names = () => controller.state.getState().blocks.map((block) => block.name);
  return { store, page, said, files, controller, names };
}

const block = (title: string): Block => ({
  name: title,
  fragment: {
    nodes: [{ id: 'n', kind: 'note', label: '', position: { x: 0, y: 0 }, params: {} }],
    edges: [],
    groups: [],
  },
});

describe('blocks of this browser', () => {
  it('are kept by name, renamed and removed, and each tab sees them', async () => {
    const [here, there] = [openTab(), openTab()];
    await here.controller.keep(block('Level'));
    await here.controller.keep(block('  Encoder '));
    expect(here.names()).toEqual(['Encoder', 'Level']);
    expect(here.said).toEqual(['Kept “Level” in My blocks.', 'Kept “Encoder” in My blocks.']);
    await vi.waitFor(() => expect(there.names()).toEqual(['Encoder', 'Level']));

    const [first] = there.controller.state.getState().blocks;
    if (!first) throw new Error('no block');
    await there.controller.rename(first, 'Zoo');
    await vi.waitFor(() => expect(here.names()).toEqual(['Level', 'Zoo']));
    await there.controller.remove(first.id);
    await vi.waitFor(() => expect(here.names()).toEqual(['Level']));
    expect(there.controller.state.getState().blocks[0]).toMatchObject(block('Level'));
  });

  it('go to a file and come from one', async () => {
    const tab = openTab();
    await tab.controller.keep(block('Level'));
    const [kept] = tab.controller.state.getState().blocks;
    if (!kept) throw new Error('no block');
    tab.controller.exportFile(kept);
    const text = tab.files.get('Level') ?? '';
    expect(JSON.parse(text)).toMatchObject({ format: 'basin-block', name: 'Level' });
    expect((await tab.controller.importText(text, '“level.json”')).ok).toBe(true);
    expect(tab.names()).toEqual(['Level', 'Level']);
    const refused = await tab.controller.importText('{"format":"basin-block"}', '“x”');
    expect(refused.ok).toBe(false);
    expect(tab.names()).toHaveLength(2);
  });

  it('that are damaged are left out or repaired, and the others are still there', async () => {
    const tab = openTab();
    await tab.controller.keep(block('Sound'));
    const database = await openDB(name);
    await database.put('blocks', 'not JSON', 'broken');
    await database.put('blocks', 42, 'no text');
    await database.put('blocks', null, 'nothing');
    await database.put(
      'blocks',
      '{"format":"basin-block","version":1,"nodes":[],"edges":[],"groups":[]}',
      'bare',
    );
    database.close();
    await tab.controller.refresh();
    expect(tab.names()).toEqual(['Block', 'Sound']);
  });

  it('say so where the browser keeps nothing', async () => {
    const tab = openTab();
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('no room', 'QuotaExceededError');
      },
    });
    await tab.controller.keep(block('Level'));
    vi.unstubAllGlobals();
    expect(tab.said[0]).toMatch(/no room left: the block is not kept/);
    expect(tab.said.join(' ')).not.toMatch(/Kept/);
  });
});
