import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { dataFileOf } from '../testing/dataFileOf';
import { folderLabels, imageFiles } from './imageFiles';
import { readImages, refuseLarge, tooLarge } from './readImages';
import { resizePixels, type RgbaPixels } from './resizePixels';

/** A grey picture, opaque, of these values row by row. */
function grey(width: number, values: readonly number[]): RgbaPixels {
  const data = Uint8Array.from(values.flatMap((value) => [value, value, value, 255]));
  return { width, height: values.length / width, data };
}

describe('pictures in another size', () => {
  it('are means of what a pixel covers', () => {
    const image = grey(4, [0, 100, 200, 20, 40, 60, 0, 0]);
    expect(Array.from(resizePixels(image, [1, 2, 1]))).toEqual([50, 55]);
    // Three columns of two: the middle one is shared.
    expect(Array.from(resizePixels(grey(3, [0, 90, 30]), [1, 3, 1]))).toEqual([0, 90, 30]);
    expect(
      Array.from(
        resizePixels(
          grey(
            3,
            Array(9)
              .fill(0)
              .map((_, i) => 10 * (i % 3)),
          ),
          [2, 2, 1],
        ),
      ),
    ).toEqual(
      // (0·1 + 10·½) / 1½ and (10·½ + 20·1) / 1½
      [3, 17, 3, 17],
    );
  });

  it('are the middle of a picture with other sides', () => {
    const image = grey(4, [9, 10, 20, 9, 9, 30, 40, 9]);
    expect(Array.from(resizePixels(image, [2, 2, 1]))).toEqual([10, 20, 30, 40]);
  });

  it('grow as well', () => {
    expect(Array.from(resizePixels(grey(1, [7]), [2, 2, 1]))).toEqual([7, 7, 7, 7]);
  });

  it('have colours, or their grey, over white', () => {
    const data = Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0);
    const image: RgbaPixels = { width: 2, height: 1, data };
    expect(Array.from(resizePixels(image, [1, 2, 3]))).toEqual([255, 0, 0, 255, 255, 255]);
    // 0.299 · 255
    expect(Array.from(resizePixels(image, [1, 2, 1]))).toEqual([76, 255]);
  });
});

describe('files of pictures', () => {
  const place = (path: string) => ({ path, file: dataFileOf(path, 'x') });

  it('come in the order of their paths, from archives too, without what systems add', async () => {
    const zip = Uint8Array.from(
      zipSync({
        'a/2.png': Uint8Array.of(1),
        'a/notes.txt': Uint8Array.of(1),
        '__MACOSX/a/._2.png': Uint8Array.of(1),
      }),
    );
    const files = await imageFiles([
      place('b/1.JPG'),
      { path: 'all.zip', file: dataFileOf('all.zip', zip) },
    ]);
    expect(files.ok && files.value.map(({ path }) => path)).toEqual(['a/2.png', 'b/1.JPG']);
    const cut = dataFileOf('cut.zip', zip.slice(0, 40));
    expect(await imageFiles([{ path: 'cut.zip', file: cut }])).toMatchObject({
      ok: false,
      diagnostics: [{ message: expect.stringContaining('“cut.zip” is cut or damaged') }],
    });
    expect(await imageFiles([place('notes.txt')])).toMatchObject({ ok: false });
  });

  it('have their folder as label', () => {
    expect(folderLabels(['all/cat/1.png', 'all/dog/1.png', '2.png'])).toEqual(['cat', 'dog', '–']);
    expect(folderLabels(['all/1.png', 'all/2.png'])).toBeNull();
  });

  it('are read, and those that are none are named and left out', async () => {
    const files = ['a/1.png', 'b/2.png', 'b/3.png'].map((path) => ({
      path,
      bytes: () => Promise.resolve(Uint8Array.of(path === 'b/2.png' ? 0 : 200)),
    }));
    const decode = ([value = 0]: Uint8Array) =>
      value === 0 ? Promise.reject(new Error('no picture')) : Promise.resolve(grey(1, [value]));
    const table = await readImages(files, [1, 1, 1], decode);
    expect(table).toMatchObject({
      ok: true,
      value: {
        rows: 2,
        columns: [
          { values: Uint8Array.of(200, 200) },
          { words: ['a', 'b'], values: Int32Array.of(0, 1) },
        ],
      },
      diagnostics: [{ message: '“b/2.png” is no picture that can be read, and is left out.' }],
    });
    const none = await readImages(files.slice(1, 2), [1, 1, 1], decode);
    expect(none).toMatchObject({ ok: false });
    const large = await readImages(files.slice(1, 2), [1, 1, 1], () => {
      refuseLarge(10_000, 10_000);
      return Promise.resolve(grey(1, [0]));
    });
    expect(large.diagnostics[0]?.message).toBe(
      '“b/2.png” has 10,000 × 10,000 pixels, over the limit of 67,108,864.',
    );
  });

  it('are refused with numbers where they are too many', () => {
    expect(tooLarge(1000, 784)).toBeNull();
    expect(tooLarge(100_000, 64 * 64 * 3)?.message).toBe(
      '100,000 pictures of 12,288 numbers would take 4,915 MB of memory, over the limit of 537 MB: at most 10,922 of that size.',
    );
  });
});
