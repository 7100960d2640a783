import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { RandomStream, randomKey } from '../../../src/core/random';
import { sha256 } from '../../../src/core/sha256';
import { encodeTable } from '../../../src/tables/canonicalTable';
import { ownAsset } from '../../../src/tables/ownAsset';
import { describeTable } from '../../../src/tables/ownTable';
import type { ColumnChoice } from '../../../src/tables/columnChoice';
import { detectReading, readTable } from '../../../src/tables/readTable';
import { dataFileOf } from '../../../src/tables/testing/dataFileOf';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { dataTable } from './definition';

const ROWS = 10;
/** Height, a number with a gap in row 3, and a word. */
const CSV = [
  'height,weight,kind',
  ...Array.from(
    { length: ROWS },
    (_, row) => `${row},${row === 3 ? '' : 10 * row},${'ab'[row % 2]}`,
  ),
].join('\n');

/** Parameters of a node for the file, and its data set. */
async function tableNode(
  choice: ColumnChoice,
  more: Readonly<Record<string, unknown>> = {},
  text = CSV,
) {
  const file = dataFileOf('mine.csv', text);
  const reading = await detectReading(file);
  if (!reading.ok) throw new Error('not read');
  const table = await readTable(file, reading.value);
  if (!table.ok) throw new Error('not read');
  const bytes = encodeTable(table.value);
  const hash = await sha256(bytes);
  const own = describeTable(table.value, { hash, name: file.name, reading: reading.value }, choice);
  if (!own.ok) throw new Error(own.diagnostics[0]?.message);
  const params = { own: own.value, ...more };
  const spec = dataTable.dataset?.(dataTable.params.parse(params));
  if (!spec) throw new Error('no data set');
  const dataset = await spec.load({
    asset: (name) =>
      name === ownAsset(hash) ? Promise.resolve(bytes.buffer) : Promise.reject(new Error(name)),
    random: (stream) => new RandomStream(randomKey(1, spec.id, stream)),
  });
  return { params, spec, dataset, hash };
}

const XY: ColumnChoice = { x: [0], y: [1], label: 2 };

describe('data.table', () => {
  it('gives the chosen columns, without rows that miss one', async () => {
    const { spec, dataset } = await tableNode(XY, { standardise: false, heldOut: 'last' });
    expect([spec.trainRows, spec.heldOutRows, spec.classes]).toEqual([7, 2, 2]);
    expect(spec.columns).toEqual({ x: tensorType([1]), y: tensorType([1]) });
    const rows = [0, 1, 2, 4, 5, 6, 7, 8, 9];
    expect(Array.from(dataset.columns['x'] ?? [])).toEqual(rows);
    expect(Array.from(dataset.columns['y'] ?? [])).toEqual(rows.map((row) => 10 * row));
    expect(Array.from(dataset.labels ?? [])).toEqual(rows.map((row) => row % 2));
  });

  it('puts the mean of the training rows for a missing number', async () => {
    const options = { standardise: false, heldOut: 'last', missing: 'mean' };
    const { spec, dataset } = await tableNode(XY, options);
    expect(spec.trainRows).toBe(8);
    // (0 + 10 + 20 + 40 + 50 + 60 + 70) / 7
    expect(dataset.columns['y']?.[3]).toBeCloseTo(250 / 7, 4);
    expect(dataset.columns['y']?.[9]).toBe(90);
  });

  it('brings numbers to mean 0 and deviation 1 over the training rows', async () => {
    const { spec, dataset } = await tableNode({ x: [0, 1], y: [], label: null });
    const x = dataset.columns['x'] ?? new Float32Array();
    expect(spec.columns).toEqual({ x: tensorType([2]) });
    for (const column of [0, 1]) {
      const values = Array.from({ length: spec.trainRows }, (_, row) => x[2 * row + column] ?? NaN);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(square).toBeCloseTo(1, 5);
    }
  });

  it('makes a number of each word of a column that is a value', async () => {
    const { spec, dataset } = await tableNode(
      { x: [0, 2], y: [], label: null },
      { standardise: false, heldOut: 'last' },
    );
    expect(spec.columns).toEqual({ x: tensorType([3]) });
    expect(Array.from(dataset.columns['x']?.subarray(0, 9) ?? [])).toEqual([
      ...[0, 1, 0],
      ...[1, 0, 1],
      ...[2, 1, 0],
    ]);
  });

  it('holds out rows from everywhere, the same ones for every seed', async () => {
    const text = ['n', ...Array.from({ length: 100 }, (_, row) => String(row))].join('\n');
    const choice = { x: [0], y: [], label: null };
    const mixed = await tableNode(choice, { standardise: false }, text);
    const held = Array.from(mixed.dataset.columns['x']?.subarray(80) ?? []);
    expect(held).toHaveLength(20);
    expect(Math.min(...held)).toBeLessThan(40);
    expect(Math.max(...held)).toBeGreaterThan(60);
    const all = Array.from(mixed.dataset.columns['x'] ?? []).sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 100 }, (_, row) => row));
  });

  it('has an identity of what shapes its numbers', async () => {
    const first = await tableNode(XY);
    const same = await tableNode(XY);
    const other = await tableNode(XY, { missing: 'mean' });
    expect(same.spec.id).toBe(first.spec.id);
    expect(other.spec.id).not.toBe(first.spec.id);
    expect((await tableNode(XY, {}, `${CSV}\n11,12,a`)).spec.id).not.toBe(first.spec.id);
  });

  it('refuses what leaves it no rows', async () => {
    const { params } = await tableNode(XY);
    const own = { ...params.own, rows: { complete: 1, mended: 10 } };
    expect(inferNode(dataTable, {}, { own })).toMatchObject({
      ok: false,
      problem: { code: 'data.unfit', message: '“mine.csv” has one row that can be used.' },
    });
    expect(inferNode(dataTable, {}, { own, missing: 'mean' })).toMatchObject({ ok: true });
    const none = { ...params.own, rows: { complete: 0, mended: 0 } };
    const spec = dataTable.dataset?.(dataTable.params.parse({ own: none }));
    expect(spec).toMatchObject({ trainRows: 0, heldOutRows: 0 });
  });

  it('gives the batch of its columns', async () => {
    const { params } = await tableNode(XY);
    const [x, y] = [tensorOf([2, 1], () => 0.5), tensorOf([2, 1], () => 2)];
    const { outputs } = await runNode(dataTable, { params, columns: { x, y }, mode: 'evaluate' });
    expect(outputs['x']?.values).toEqual([0.5, 0.5]);
    expect(outputs['y']?.values).toEqual([2, 2]);
  });
});
