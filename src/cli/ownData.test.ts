import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../document/canonical';
import type { BasinDocument } from '../document/schema';
import { decodeShareLink } from '../document/shareLink';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { main } from './main';

let folder = '';
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-own-'));
  const rows = Array.from(
    { length: 60 },
    (_, row) => `${row % 7};${(row % 5) / 2};${'ab'[row % 2]}`,
  );
  const text = `x;y;kind\n${rows.join('\n')}\n`.replaceAll('.', ',');
  await writeFile(path('mine.csv'), text);
  await writeFile(path('other.csv'), text.replace('0;0;a', '9;9;a'));
  await writeFile(path('ragged.csv'), 'x;y;kind\n1;2;a\n3;4\n');
  const graph = sketchDocument({
    nodes: {
      mine: 'data.table',
      z: ['latent.discrete', { k: 3 }],
      centres: ['module.table', { width: 2 }],
      energy: 'energy.squared',
    },
    edges: ['z.z -> centres.in', 'centres.out -> energy.a', 'mine.x -> energy.b'],
    training: { learningRate: 0.05 },
  });
  await writeFile(path('graph.json'), canonicalJson(graph));
});
afterAll(() => rm(folder, { recursive: true }));

async function basin(...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(''),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const TRAIN = [
  '--steps',
  '60',
  '--engine',
  'reference',
  '--every',
  '30',
  '--batch',
  '20',
  '--json',
];

describe('--data NODE=FILE', () => {
  it('trains a latent-variable model on a CSV', async () => {
    const { code, out } = await basin(
      ...['train', path('graph.json'), '--data', `mine=${path('mine.csv')}`, ...TRAIN],
    );
    expect(code).toBe(0);
    const losses = out.split('\n').map((line) => (JSON.parse(line) as { loss: number }).loss);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });

  it('says that a file is needed, which node takes one, and what is wrong with one', async () => {
    const without = await basin('train', path('graph.json'), ...TRAIN);
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('No file is chosen') });
    const data = (setting: string) => basin('check', path('graph.json'), '--data', setting);
    expect(await data('z=a.csv')).toMatchObject({
      code: 2,
      err: expect.stringContaining('“z” is no node that takes a file. Nodes that do: mine.'),
    });
    expect(await data('mine')).toMatchObject({ code: 2 });
    expect(await data(`mine=${path('none.csv')}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    });
    expect(await data(`mine=${path('ragged.csv')}`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 3: it has 2 cells where the first line has 3'),
    });
  });

  it('keeps name, hash and shape in a link, and asks for the file', async () => {
    const linked = await basin(
      ...['link', path('graph.json'), '--data', `mine=${path('mine.csv')}`],
    );
    const document = decodeShareLink(linked.out);
    if (!document.ok) throw new Error(linked.out);
    const own = ownOf(document.value);
    expect(own).toMatchObject({ name: 'mine.csv', x: { columns: '1-2', shape: [2] } });
    await writeFile(path('linked.json'), canonicalJson(document.value));
    expect(await readFile(path('linked.json'), 'utf8')).not.toContain('2,5');

    // A process of its own has kept nothing; here the data of another hash stands for that.
    const elsewhere = structuredClone(document.value);
    Object.assign(ownOf(elsewhere), { hash: 'b'.repeat(64) });
    await writeFile(path('elsewhere.json'), canonicalJson(elsewhere));
    const missing = await basin('train', path('elsewhere.json'), ...TRAIN);
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.err).toContain('give the file by --data NODE=FILE');
  });

  it('says that a file has other data than the document names, and takes it', async () => {
    const train = (file: string) =>
      basin('train', path('linked.json'), '--data', `mine=${path(file)}`, ...TRAIN);
    const same = await train('mine.csv');
    expect(same).toMatchObject({ code: 0 });
    expect(same.err).not.toContain('is not the data');
    const other = await train('other.csv');
    expect(other).toMatchObject({ code: 0 });
    expect(other.err).toContain('“other.csv” is not the data that the document names: “mine.csv”');
  });
});

describe('--data NODE=FOLDER', () => {
  it('reads pictures of a folder with their folders as labels', async () => {
    for (const label of ['dark', 'light']) {
      await mkdir(path(`photos/${label}`), { recursive: true });
      for (let index = 0; index < 5; index++) {
        const png = new PNG({ width: 8, height: 8 });
        png.data.fill(label === 'dark' ? 20 + index : 200 + index);
        for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255;
        await writeFile(path(`photos/${label}/${index}.png`), PNG.sync.write(png));
      }
    }
    await writeFile(path('photos/light/broken.png'), 'no picture');
    const graph = sketchDocument({ nodes: { photos: 'data.images' } });
    await writeFile(path('images.json'), canonicalJson(graph));
    const data = ['--data', `photos=${path('photos')}`];
    const { code, out, err } = await basin('link', path('images.json'), ...data);
    expect(code).toBe(0);
    expect(err).toContain('“light/broken.png” is no picture that can be read, and is left out');
    const document = decodeShareLink(out);
    if (!document.ok) throw new Error(out);
    expect(document.value.nodes[0]?.params['own']).toMatchObject({
      ...{ name: 'photos', rows: 10, height: 32, width: 32, channels: 3, classes: 2 },
    });
  });
});

function ownOf({ nodes }: BasinDocument): object {
  const own = nodes.find(({ id }) => id === 'mine')?.params['own'];
  if (typeof own !== 'object' || own === null) throw new Error('no own data');
  return own;
}
