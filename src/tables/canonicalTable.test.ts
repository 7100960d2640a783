import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../core/sha256';
import { decodeTable, encodeTable } from './canonicalTable';
import { usualChoice } from './columnChoice';
import { columnRanges, parseColumnRanges } from './columnRanges';
import { describeTable, ownTableSchema } from './ownTable';
import type { Table } from './table';

const TABLE: Table = {
  rows: 3,
  columns: [
    { kind: 'numbers', name: 'größe', shape: [], values: Float32Array.of(1.5, NaN, -0) },
    { kind: 'text', name: 'kind', words: ['a', 'b'], values: Int32Array.of(1, -1, 0) },
    { kind: 'pixels', name: 'image', shape: [1, 1], values: Uint8Array.of(0, 128, 255) },
    { kind: 'notes', name: 'remark' },
  ],
};

describe('canonical tables', () => {
  it('come back as they were', () => {
    const back = decodeTable(encodeTable(TABLE).buffer);
    expect(back.rows).toBe(3);
    expect(back.columns.map(({ name }) => name)).toEqual(['größe', 'kind', 'image', 'remark']);
    expect(back.columns[0]).toMatchObject({ values: Float32Array.of(1.5, NaN, 0) });
    expect(back.columns.slice(1)).toEqual(TABLE.columns.slice(1));
  });

  it('are hashed by SHA-256, whatever NaN stands for a missing cell', async () => {
    const bytes = encodeTable(TABLE);
    expect(await sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    const other = Float32Array.of(1.5, 0, 0);
    new Uint32Array(other.buffer)[1] = 0xffc12345;
    const [first, ...rest] = TABLE.columns;
    if (first?.kind !== 'numbers') throw new Error('no numbers');
    const again = encodeTable({ rows: 3, columns: [{ ...first, values: other }, ...rest] });
    expect(again).toEqual(bytes);
  });

  it('are known to be cut', () => {
    const bytes = encodeTable(TABLE);
    expect(() => decodeTable(bytes.slice(0, -4).buffer)).toThrow('damaged');
    expect(() => decodeTable(new ArrayBuffer(40))).toThrow('damaged');
  });
});

describe('numbers of columns', () => {
  it.each([
    [[], ''],
    [[0], '1'],
    [[0, 1, 2, 4], '1-3,5'],
    [[4, 0, 1], '5,1-2'],
  ])('%j is %j', (columns, text) => {
    expect(columnRanges(columns)).toBe(text);
    expect(parseColumnRanges(text)).toEqual(columns);
  });

  it('refuses other texts', () => {
    for (const text of ['a', '0', '3-1', '1,', '1-9999999', '-1']) {
      expect(parseColumnRanges(text), text).toBeNull();
    }
  });
});

describe('what a document says of a table', () => {
  const origin = {
    hash: 'a'.repeat(64),
    name: 'mine.csv',
    reading: { format: 'npz' as const, dialect: null },
  };

  it('has name, hash and shape, and no numbers', () => {
    const own = describeTable(TABLE, origin, { x: [2], y: [0], label: 1 });
    expect(own).toMatchObject({
      ok: true,
      value: {
        rows: { complete: 2, mended: 2 },
        x: { columns: '3', shape: [1, 1] },
        y: { columns: '1', shape: [1] },
        label: { column: 2, classes: 2 },
      },
    });
    expect(own.ok && ownTableSchema.parse(JSON.parse(JSON.stringify(own.value)))).toEqual(
      own.ok && own.value,
    );
  });

  it('says why columns cannot be what they are chosen for', () => {
    const problems = (choice: Parameters<typeof describeTable>[2]): string[] =>
      describeTable(TABLE, origin, choice).diagnostics.map(({ message }) => message);
    expect(problems({ x: [3], y: [], label: null })).toEqual([
      '“remark” has too many different words.',
    ]);
    expect(problems({ x: [0], y: [], label: 2 })).toEqual([
      '“image” has several numbers in a cell: it is no label.',
    ]);
    expect(problems({ x: [], y: [], label: 1 })).toEqual(['No column is chosen as a value.']);
    expect(problems({ x: [9], y: [], label: null })).toEqual([
      'The table has not so many columns.',
    ]);
    const deep: Table = {
      rows: 1,
      columns: [
        { kind: 'numbers', name: 'deep', shape: [1, 1, 1, 1, 1], values: Float32Array.of(1) },
      ],
    };
    expect(describeTable(deep, origin, { x: [0], y: [], label: null })).toMatchObject({
      diagnostics: [{ message: '“deep” has 6 axes; 5 with the rows are read at most.' }],
    });
    expect(usualChoice(deep)).toEqual({ x: [], y: [], label: null });
  });

  it('leaves a column out that has no value, until somebody chooses it', () => {
    const empty: Table = {
      rows: 2,
      columns: [
        { kind: 'numbers', name: 'a', shape: [], values: Float32Array.of(1, NaN) },
        { kind: 'numbers', name: 'column 2', shape: [], values: Float32Array.of(NaN, NaN) },
      ],
    };
    expect(usualChoice(empty)).toEqual({ x: [0], y: [], label: null });
  });
});
