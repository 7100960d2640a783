import { describe, expect, it } from 'vitest';
import { RandomStream, randomKey } from '../../../src/core/random';
import { sha256 } from '../../../src/core/sha256';
import { tensorType } from '../../../src/graph/ports';
import { encodeTable } from '../../../src/tables/canonicalTable';
import { describeImages } from '../../../src/tables/images/ownImages';
import type { Table } from '../../../src/tables/table';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { dataImages } from './definition';

const TABLE: Table = {
  rows: 5,
  columns: [
    {
      ...{ kind: 'pixels', name: 'image', shape: [1, 2, 1] },
      values: Uint8Array.of(0, 255, 51, 102, 1, 2, 3, 4, 5, 6),
    },
    { kind: 'text', name: 'label', words: ['a', 'b'], values: Int32Array.of(0, 1, 1, 0, 1) },
  ],
};

async function node(more: Readonly<Record<string, unknown>> = {}) {
  const bytes = encodeTable(TABLE);
  const hash = await sha256(bytes);
  const params = { own: describeImages(TABLE, hash, 'photos.zip'), ...more };
  const spec = dataImages.dataset?.(dataImages.params.parse(params));
  if (!spec) throw new Error('no data set');
  const dataset = await spec.load({
    asset: () => Promise.resolve(bytes.buffer),
    random: (stream) => new RandomStream(randomKey(1, spec.id, stream)),
  });
  return { params, spec, dataset };
}

describe('data.images', () => {
  it('gives pixels from 0 to 1 and the folders as labels', async () => {
    const { spec, dataset } = await node({ heldOut: 'last' });
    expect([spec.trainRows, spec.heldOutRows, spec.classes]).toEqual([4, 1, 2]);
    expect(spec.columns).toEqual({ x: tensorType([1, 2, 1]) });
    const x = Array.from(dataset.columns['x'] ?? []);
    [0, 1, 0.2, 0.4].forEach((pixel, index) => expect(x[index]).toBeCloseTo(pixel, 6));
    expect(Array.from(dataset.labels ?? [])).toEqual([0, 1, 1, 0, 1]);
  });

  it('holds out pictures from everywhere', async () => {
    const { dataset } = await node();
    const firsts = Array.from(dataset.columns['x'] ?? []).filter((_, index) => index % 2 === 0);
    const given = [0, 51, 1, 3, 5].map((byte) => Math.fround(byte / 255));
    expect(firsts.toSorted()).toEqual(given.toSorted());
  });

  it('refuses a single picture', async () => {
    const { params } = await node();
    expect(inferNode(dataImages, {}, { own: { ...params.own, rows: 1 } })).toMatchObject({
      ok: false,
      problem: { message: '“photos.zip” has one row that can be used.' },
    });
  });

  it('gives the batch of its column', async () => {
    const { params } = await node();
    const x = tensorOf([2, 1, 2, 1], (index) => index / 4);
    const { outputs } = await runNode(dataImages, { params, columns: { x }, mode: 'evaluate' });
    expect(outputs['x']?.values).toEqual([0, 0.25, 0.5, 0.75]);
  });
});
