import { describe, expect, it } from 'vitest';
import type { Dataset, DatasetSpec } from '../../graph/nodeDefinition';
import { tensorType } from '../../graph/ports';
import type { DataRequest } from '../lowering/dataRequest';
import { DatasetCache, loadData } from './loadData';

const noAsset = (name: string): Promise<ArrayBuffer> =>
  Promise.reject(new Error(`no file ${name}`));

function pairs(load: DatasetSpec['load'], id = 'pairs'): DatasetSpec {
  const columns = { x: tensorType([2]), y: tensorType([]) };
  return { id, trainRows: 3, heldOutRows: 2, columns, load };
}

const WHOLE: Dataset = {
  columns: {
    x: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    y: Float32Array.of(10, 11, 12, 13, 14),
  },
  labels: Int32Array.of(0, 1, 0, 1, 2),
};

function requests(dataset: DatasetSpec): DataRequest[] {
  return [
    { name: 'train x', dataset, column: 'x', split: 'train' },
    { name: 'held-out x', dataset, column: 'x', split: 'heldOut' },
    { name: 'held-out y', dataset, column: 'y', split: 'heldOut' },
  ];
}

describe('loadData', () => {
  it('cuts columns and labels into training and held-out rows', async () => {
    const dataset = pairs(() => Promise.resolve(WHOLE));
    const result = await loadData(requests(dataset), { seed: 1, asset: noAsset });
    if (!result.ok) throw new Error('expected data');
    const { arrays, labels } = result.value;
    expect([...(arrays.get('train x') ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...(arrays.get('held-out x') ?? [])]).toEqual([6, 7, 8, 9]);
    expect([...(arrays.get('held-out y') ?? [])]).toEqual([13, 14]);
    expect([...(labels.get('pairs')?.train ?? [])]).toEqual([0, 1, 0]);
    expect([...(labels.get('pairs')?.heldOut ?? [])]).toEqual([1, 2]);
  });

  it('loads a data set once for all columns, and once for all calls with a cache', async () => {
    let loads = 0;
    const dataset = pairs(() => {
      loads++;
      return Promise.resolve(WHOLE);
    });
    const source = { seed: 1, asset: noAsset, cache: new DatasetCache() };
    await Promise.all([loadData(requests(dataset), source), loadData(requests(dataset), source)]);
    expect(loads).toBe(1);
    await loadData(requests(dataset), { ...source, seed: 2 });
    expect(loads).toBe(2);
  });

  it('draws the same numbers for the same seed, data set and stream only', async () => {
    const drawn = async (seed: number, id: string, stream: string): Promise<number> => {
      let first = 0;
      const dataset = pairs(({ random }) => {
        first = random(stream).uniform();
        return Promise.resolve(WHOLE);
      }, id);
      await loadData(requests(dataset), { seed, asset: noAsset });
      return first;
    };
    const base = await drawn(1, 'a', 's');
    expect(await drawn(1, 'a', 's')).toBe(base);
    expect(await drawn(2, 'a', 's')).not.toBe(base);
    expect(await drawn(1, 'b', 's')).not.toBe(base);
    expect(await drawn(1, 'a', 't')).not.toBe(base);
  });

  const faults: [string, DatasetSpec['load'], string][] = [
    [
      'a missing file',
      async ({ asset }) => ({ columns: { x: new Float32Array(await asset('digits.bin')) } }),
      'no file digits.bin',
    ],
    [
      'a missing column',
      () => Promise.resolve({ columns: { x: WHOLE.columns['x'] ?? new Float32Array() } }),
      'no column “y”',
    ],
    [
      'a wrong length',
      () => Promise.resolve({ columns: { ...WHOLE.columns, y: Float32Array.of(1) } }),
      '1 values where 5 rows of 1',
    ],
    [
      'a number that is not finite',
      () =>
        Promise.resolve({
          columns: { ...WHOLE.columns, x: Float32Array.of(0, 0, 0, 0, 0, NaN, 0, 0, 0, 0) },
        }),
      'row 3 of column “x” holds NaN',
    ],
    [
      'a wrong number of labels',
      () => Promise.resolve({ ...WHOLE, labels: Int32Array.of(1) }),
      '1 labels for 5 rows',
    ],
  ];
  it.each(faults)('reports %s', async (_, load, text) => {
    const result = await loadData(requests(pairs(load)), { seed: 1, asset: noAsset });
    expect(result.ok).toBe(false);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['data.unavailable']);
    expect(result.diagnostics[0]?.message).toContain(text);
  });

  it('tries again after a failure', async () => {
    let calls = 0;
    const dataset = pairs(() =>
      calls++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve(WHOLE),
    );
    const source = { seed: 1, asset: noAsset, cache: new DatasetCache() };
    expect((await loadData(requests(dataset), source)).ok).toBe(false);
    expect((await loadData(requests(dataset), source)).ok).toBe(true);
  });
});
