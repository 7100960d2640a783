import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { columnRows, loadDataset } from '../../shared/testing/loadDataset';
import { runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { dataDigits } from './definition';

describe('data.digits', () => {
  it('has 1797 images from 0 to 1, the last 360 held out', async () => {
    const loaded = await loadDataset(dataDigits);
    const { spec, dataset } = loaded;
    expect([spec.trainRows, spec.heldOutRows]).toEqual([1437, 360]);
    const images = columnRows(loaded, 'x');
    expect(images).toHaveLength(1797);
    const pixels = images.flat();
    expect([Math.min(...pixels.slice(0, 6400)), Math.max(...pixels.slice(0, 6400))]).toEqual([
      0, 1,
    ]);
    expect(pixels.every((pixel) => pixel >= 0 && Number.isInteger(pixel * 16))).toBe(true);
    expect(dataset.labels).toHaveLength(1797);
  });

  it('agrees with the facts scikit-learn documents of load_digits', async () => {
    const loaded = await loadDataset(dataDigits);
    // The first image, a zero, as in scikit-learn's user guide.
    expect(
      columnRows(loaded, 'x')[0]
        ?.slice(0, 16)
        .map((pixel) => pixel * 16),
    ).toEqual([0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]);
    expect(Array.from(loaded.dataset.labels?.subarray(0, 10) ?? [])).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    // Images a digit, from the description of the data set.
    const counts = Array<number>(10).fill(0);
    for (const label of loaded.dataset.labels ?? []) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  });

  it('gives the batch of its column', async () => {
    const x = tensorOf([2, 8, 8, 1], (index) => index / 128);
    const { outputs, types } = await runNode(dataDigits, { columns: { x }, mode: 'evaluate' });
    expect(types).toEqual({ x: tensorType([8, 8, 1]) });
    expect(outputs['x']).toEqual({ shape: x.shape, values: x.values.map(Math.fround) });
  });

  it('says so when its file is damaged', async () => {
    const spec = dataDigits.dataset?.({});
    const random = (): never => {
      throw new Error('not random');
    };
    const load = spec?.load({ asset: () => Promise.resolve(new ArrayBuffer(3)), random });
    await expect(load).rejects.toThrow('digits.bin has 3 bytes');
  });
});
