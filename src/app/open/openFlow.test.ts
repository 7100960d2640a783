import { beforeEach, describe, expect, it } from 'vitest';
import { blockText, readBlock } from '../../document/block';
import { canonicalJson } from '../../document/canonical';
import { withDocument } from '../../document/pngDocument';
import { emptyDocument } from '../../document/schema';
import type { BasinDocument } from '../../document/schema';
import { encodeShareLink } from '../../document/shareLink';
import { unkeptPreferences } from '../embed/unkept';
import { createAttempts } from '../page/attempts';
import { createPageStore } from '../page/pageStore';
import type { PageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';
import { OpenFlow } from './openFlow';

let opened: { title: string; origin: string }[];
let said: string[];
let cleared: number;
let page: PageStore;
let flow: OpenFlow;
/** What the tab keeps. */
let tab: Preferences;

beforeEach(() => {
  tab = unkeptPreferences();
  begin();
});

/** Loads the page. */
function begin(): void {
  opened = [];
  said = [];
  cleared = 0;
  page = createPageStore();
  flow = new OpenFlow({
    page,
    documents: {
      open: ({ title }, origin) => {
        opened.push({ title, origin });
        return Promise.resolve();
      },
    },
    blocks: {
      importText: (text, what) => {
        const read = readBlock(text, what);
        if (read.ok) said.push(`kept ${read.value.name}`);
        return Promise.resolve(read);
      },
    },
    data: {
      open: ({ name }) => void said.push(`data ${name}`),
      openFiles: (files) => void said.push(`images ${files.map(({ path }) => path).join(' ')}`),
    },
    weights: { openFile: ({ name }) => Promise.resolve(void said.push(`weights ${name}`)) },
    attempts: createAttempts(tab),
    clearLink: () => void cleared++,
    say: (message) => void said.push(message),
  });
}

const file = (text: string, size = text.length) => ({
  name: 'graph.json',
  size,
  arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
});

function linkTo(document: BasinDocument): string {
  const link = encodeShareLink(document);
  if (!link.ok) throw new Error('not encoded');
  return `#${link.value}`;
}

const at = (hash: string, pathname = '/', search = '') => ({ hash, pathname, search });

describe('OpenFlow', () => {
  it('keeps a file that is a block, and refuses a broken one', async () => {
    const block = { name: 'Level', fragment: { nodes: [], edges: [], groups: [] } };
    await flow.openFile(file(blockText(block)));
    expect(said).toEqual(['kept Level']);
    expect(opened).toEqual([]);
    await flow.openFile(file(blockText(block).replace('"nodes": []', '"nodes": 5')));
    expect(page.getState().dialog).toMatchObject({ kind: 'refused', source: 'file' });
    expect(opened).toEqual([]);
  });

  it('opens a sound file at once', async () => {
    await flow.openFile(file(canonicalJson(emptyDocument('Mine'))));
    expect(opened).toEqual([{ title: 'Mine', origin: 'file' }]);
    expect(said).toEqual(['Opened “graph.json”.']);
    expect(page.getState().dialog).toBeNull();
  });

  it('opens the graph in a picture; one without is data', async () => {
    const pixel = Uint8Array.from(
      atob(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
      ),
      (character) => character.charCodeAt(0),
    );
    const picture = (bytes: Uint8Array<ArrayBuffer>) => ({
      name: 'graph.png',
      size: 2 ** 27,
      arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
    });
    await flow.openFile(picture(pixel));
    expect(said).toEqual(['images graph.png']);
    await flow.openFile(picture(withDocument(pixel, emptyDocument('Drawn'))));
    expect(opened).toEqual([{ title: 'Drawn', origin: 'file' }]);
  });

  it('hands weights on', async () => {
    await flow.openFile({ ...file(''), name: 'Model.SafeTensors' });
    expect(said).toEqual(['weights Model.SafeTensors']);
  });

  it('shows what it repaired before anything is replaced', async () => {
    const damaged = { ...emptyDocument('Mine'), title: 7 };
    await flow.openFile(file(JSON.stringify(damaged)));
    expect(opened).toEqual([]);
    const { dialog } = page.getState();
    expect(dialog).toMatchObject({ kind: 'incoming', source: 'file' });
    if (dialog?.kind !== 'incoming') throw new Error('no dialog');
    expect(dialog.repairs.map(({ code }) => code)).toContain('document.repaired');
    await flow.accept(dialog);
    expect(opened).toHaveLength(1);
    expect(page.getState().dialog).toBeNull();
  });

  it.each([
    ['random bytes', '\u0000\u0001 not json', 'document.not-json'],
    ['another JSON', '{"nodes": []}', 'document.not-basin'],
    ['a newer version', JSON.stringify({ ...emptyDocument(), version: 99 }), 'document.too-new'],
  ])('refuses %s with a reason', async (_, text, code) => {
    await flow.openFile(file(text));
    expect(opened).toEqual([]);
    expect(page.getState().dialog).toMatchObject({ kind: 'refused', diagnostics: [{ code }] });
  });

  it('does not even read a file that is far too large', async () => {
    await flow.openFile({
      name: 'film.mp4',
      size: 1e9,
      arrayBuffer: () => Promise.reject(new Error()),
    });
    expect(page.getState().dialog).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'document.too-large' }],
    });
  });

  it('shows data, by its name whatever its size, or by what is in it', async () => {
    const unread = { size: 1e10, arrayBuffer: () => Promise.reject(new Error()) };
    await flow.openFile({ ...unread, name: 'points.csv' });
    await flow.openFile({ ...unread, name: 'weights.NPZ' });
    await flow.openFile({ ...unread, name: 'photo.JPG' });
    await flow.openFile({ ...file('x,y\n1,2\n3,4\n'), name: 'points.txt' });
    await flow.openFile({ ...file('[{"x": 1}, {"x": 2}]'), name: 'points.json' });
    expect(said).toEqual([
      'data points.csv',
      'data weights.NPZ',
      'images photo.JPG',
      'data points.txt',
      'data points.json',
    ]);
    expect(page.getState().dialog).toBeNull();
  });

  it('says what a file is that is neither document nor data', async () => {
    await flow.openFile({ ...file('PAR1 and so on'), name: 'points.parquet' });
    expect(page.getState().dialog).toMatchObject({
      kind: 'refused',
      diagnostics: [{ message: expect.stringContaining('“points.parquet” is a Parquet table.') }],
    });
    expect(opened).toEqual([]);
  });

  it('refuses what cannot be read, such as a folder', async () => {
    await flow.openFile({
      name: 'folder',
      size: 4096,
      arrayBuffer: () => Promise.reject(new Error()),
    });
    expect(page.getState().dialog).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'file.unreadable' }],
    });
  });

  it('always shows a link before it replaces anything, and clears it from the address', async () => {
    const document = { ...emptyDocument('Shared'), claims: { step: 10, loss: 0.5 } };
    expect(flow.openAddress(at(linkTo(document)))).toBe(true);
    expect(opened).toEqual([]);
    const { dialog } = page.getState();
    expect(dialog).toMatchObject({ kind: 'incoming', source: 'link', document });
    if (dialog?.kind !== 'incoming') throw new Error('no dialog');
    await flow.accept(dialog);
    expect(opened).toEqual([{ title: 'Shared', origin: 'link' }]);
    expect(cleared).toBe(1);
  });

  it('says what is wrong with a broken link and goes on', () => {
    expect(flow.openAddress(at(linkTo(emptyDocument()).slice(0, -12)))).toBe(true);
    expect(page.getState().dialog).toMatchObject({ kind: 'refused', source: 'link' });
    flow.close('link');
    expect(page.getState().dialog).toBeNull();
    expect(cleared).toBe(1);
  });

  it('opens a link whose # was escaped', () => {
    const link = linkTo(emptyDocument('Shared'));
    for (const address of [
      at('', link.replace('#', '/%23')),
      at('', link.replace('#', '/index.html%2523')),
      at('', '/basin/', link.replace('#', '?embed%23')),
    ]) {
      page.setState({ dialog: null });
      expect(flow.openAddress(address)).toBe(true);
      expect(page.getState().dialog).toMatchObject({ kind: 'incoming', source: 'link' });
    }
  });

  it.each([
    ['cut in its beginning', (link: string) => `#${link.slice(3)}`],
    ['without its =', (link: string) => link.replace('=', '')],
    ['with another beginning', (link: string) => link.replace('v', 'w')],
  ])('says that a link is no link any more: %s', (_, damage) => {
    expect(flow.openAddress(at(damage(linkTo(emptyDocument()))))).toBe(true);
    expect(page.getState().dialog).toMatchObject({ kind: 'refused', source: 'link' });
  });

  it('puts a link aside that took the page down, says so, and reads it when asked to', () => {
    const link = at(linkTo(emptyDocument('Heavy')));
    expect(flow.openAddress(link)).toBe(true);
    // It was never drawn.
    begin();
    expect(flow.openAddress(link)).toBe(true);
    const { dialog, notices } = page.getState();
    expect(dialog).toBeNull();
    expect(notices).toMatchObject([{ severity: 'warning' }]);
    expect(notices[0]?.message).toContain('was not read again');
    notices[0]?.actions?.[0]?.run();
    expect(page.getState().dialog).toMatchObject({ kind: 'incoming' });
    flow.linkShown();
    begin();
    flow.openAddress(link);
    expect(page.getState()).toMatchObject({ dialog: { kind: 'incoming' }, notices: [] });
  });

  it('blames no link that was shown or refused', () => {
    for (const link of [linkTo(emptyDocument()), linkTo(emptyDocument()).slice(0, -12)]) {
      flow.openAddress(at(link));
      flow.close('link');
      begin();
      flow.openAddress(at(link));
      expect(page.getState().notices).toEqual([]);
    }
  });

  it('leaves other fragments alone', () => {
    expect(flow.openAddress(at(''))).toBe(false);
    expect(flow.openAddress(at('#section-2'))).toBe(false);
    expect(page.getState().dialog).toBeNull();
  });
});
