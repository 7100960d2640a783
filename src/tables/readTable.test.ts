import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Result } from '../core/result';
import { detectReading, readTable } from './readTable';
import type { Dialect } from './dialect';
import { MOST_WORDS, type Table } from './table';
import { dataFileOf, npyBytes } from './testing/dataFileOf';

/** Reads a file as it is found to be written. */
async function read(
  name: string,
  ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]
): Promise<Result<Table>> {
  const file = dataFileOf(name, ...parts);
  const reading = await detectReading(file);
  return reading.ok ? readTable(file, reading.value) : reading;
}

/** The columns of a table that was read: names, and values with words for codes. */
async function columns(
  name: string,
  ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]
): Promise<Record<string, readonly (number | string | null)[]>> {
  const table = await read(name, ...parts);
  if (!table.ok) throw new Error(table.diagnostics[0]?.message);
  return Object.fromEntries(
    table.value.columns.map((column) => [
      column.name,
      column.kind === 'notes'
        ? []
        : Array.from(column.values, (value) =>
            column.kind === 'text'
              ? (column.words[value] ?? null)
              : Number.isNaN(value)
                ? null
                : value,
          ),
    ]),
  );
}

async function fault(
  name: string,
  ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]
): Promise<string> {
  const table = await read(name, ...parts);
  return table.ok ? '' : (table.diagnostics[0]?.message ?? '');
}

async function dialect(text: string): Promise<Dialect | null> {
  const reading = await detectReading(dataFileOf('a.csv', text));
  return reading.ok ? reading.value.dialect : null;
}

const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

describe('tables of text', () => {
  it('reads a byte order mark, semicolons, decimal commas and a line break in a cell', async () => {
    const text = 'x;y;note\r\n1,5;2;"a,\r\nb,c"\r\n2,5;3;"d"\r\n';
    expect(await columns('mine.csv', bytes(0xef, 0xbb, 0xbf), text)).toEqual({
      x: [1.5, 2.5],
      y: [2, 3],
      note: ['a,\nb,c', 'd'],
    });
  });

  it.each([
    ['commas', 'a,b\n1,2\n3,4\n', { delimiter: ',', decimal: '.', header: true }],
    ['tabs', 'a\tb\n1\t2\n3\t4\n', { delimiter: '\t', header: true }],
    ['bars', 'a|b\n1|2\n3|4\n', { delimiter: '|', header: true }],
    ['spaces', '1 2.5\n3 4.5\n', { delimiter: ' ', header: false }],
    ['decimal commas without names', '1,5;2,5\n3,5;4,5\n', { delimiter: ';', decimal: ',' }],
    ['decimal commas and tabs', 'a\tb\n1,5\t2,5\n', { delimiter: '\t', decimal: ',' }],
    ['single quotes', "a,b\n'x, y',1\n'z, w',2\n", { delimiter: ',', quote: "'", text: '1' }],
    ['one column', 'height\n1.5\n2.5\n', { header: true, text: '' }],
    ['no names', 'red,1\nblue,2\nred,3\n', { header: false, text: '1' }],
    ['words only', 'colour,size\nred,small\nblue,large\n', { header: true, text: '1-2' }],
  ])('finds out how cells are written: %s', async (_, text, expected) => {
    expect(await dialect(text)).toMatchObject(expected);
  });

  it('reads UTF-16 and Windows-1252 as well', async () => {
    const text = 'größe,art\n1,ä\n2,b\n';
    const utf16 = bytes(0xff, 0xfe, ...Buffer.from(text, 'utf16le'));
    const latin = bytes(...Buffer.from(text, 'latin1'));
    for (const content of [utf16, latin]) {
      expect(await columns('a.csv', content)).toEqual({ größe: [1, 2], art: ['ä', 'b'] });
    }
  });

  it('knows missing cells, and columns by their numbers where they have no names', async () => {
    expect(await columns('a.csv', 'a,,b,a\n1,2,u,3\nNA,,?,4\nnan,5,v,6\n')).toEqual({
      a: [1, null, null],
      'column 2': [2, null, 5],
      b: ['u', null, 'v'],
      'a 2': [3, 4, 6],
    });
  });

  it('says line and column of what is wrong', async () => {
    // The line break within a cell counts.
    expect(await fault('a.csv', 'a,b\n"x\ny",1\nz,2,3\n')).toBe(
      '“a.csv” cannot be read: line 4: it has 3 cells where the first line has 2.',
    );
    const rows = Array.from({ length: 300 }, (_, row) => `${row},${row}\n`).join('');
    expect(await fault('a.csv', `a,b\n${rows}7,many\n`)).toBe(
      '“a.csv” cannot be read: line 302, column 2: “many” in “b” is no number.',
    );
    expect(await fault('a.csv', 'a,b\n1,2\n3,"x\n4,5\n')).toContain(
      'line 3: a cell in quotes begins',
    );
    expect(await fault('a.csv', 'a,b\n1,2\n3,1e400\n')).toBe('');
    expect(await fault('a.csv', '')).toBe('“a.csv” is empty.');
    expect(await fault('a.csv', '\n\n')).toContain('blank lines only');
    expect(await fault('a.csv', bytes(0, 1, 2, 3, 0, 0))).toContain('bytes that no text has');
  });

  it('says what a file is without rows, and what a line has too much of', async () => {
    expect(await fault('a.csv', '\n\n   \n')).toBe('“a.csv” has blank lines only.');
    expect(await fault('a.csv', 'a,b,c\n')).toContain('line 1: there is no row of values');
    expect(await fault('a.csv', 'a\n1\n1e39\n')).toContain(
      'line 3, column 1: “1e39” in “a” is beyond what 32 bits hold',
    );
    // Names that come again are numbered in time that grows as the line does.
    const wide = `${Array(100_001).fill('1').join(',')}\n`;
    expect(await fault('a.csv', wide, wide)).toContain(
      'line 1: it has 100,001 cells, and 100,000 are read at most',
    );
    const file = dataFileOf('a.csv', `${'1,'.repeat(200)}1\n`);
    const reading = await detectReading(file);
    const seen = reading.ok && (await readTable(file, reading.value, { within: 100 }));
    expect(seen).toMatchObject({
      ok: false,
      diagnostics: [{ message: '“a.csv” cannot be read: line 1: it has more than 100 B.' }],
    });
  });

  it('numbers names that come again', async () => {
    expect(Object.keys(await columns('a.csv', 'a,a 2,a,a,\n1,2,3,4,5\n'))).toEqual([
      ...['a', 'a 2', 'a 3', 'a 4', 'column 5'],
    ]);
  });

  it('has no infinite numbers, as arrays of NumPy have none', async () => {
    expect(await columns('a.csv', 'a,b\n1,2\ninf,3\n-Infinity,4\n')).toEqual({
      a: [1, null, null],
      b: [2, 3, 4],
    });
  });

  it('takes a name in brackets for what it is', async () => {
    expect(await columns('a.csv', '[mm],{s}\n1,2\n3,4\n')).toEqual({
      '[mm]': [1, 3],
      '{s}': [2, 4],
    });
  });

  it('keeps only the name of a column with more words than are told apart', async () => {
    const rows = Array.from({ length: MOST_WORDS + 1 }, (_, row) => `${row},w${row}\n`).join('');
    const table = await read('a.csv', `n,word\n${rows}`);
    expect(table.ok && table.value.columns.map(({ kind }) => kind)).toEqual(['numbers', 'notes']);
  });

  it('reads whatever a spreadsheet would write, in pieces of any size', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aä,;"\n€ 😀') });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 20 }), async (cells) => {
        const text = `n,c\r\n${cells.map((value, row) => `${row},${quoted(value)}`).join('\r\n')}`;
        const file = dataFileOf('a.csv', text);
        const small = { ...file, name: 'a.csv', size: file.size, stream: () => byteByByte(text) };
        const reading = {
          format: 'delimited' as const,
          dialect: {
            ...{ encoding: 'utf-8', delimiter: ',', quote: '"', decimal: '.' },
            ...{ header: true, text: '2' },
          } as Dialect,
        };
        const table = await readTable(
          { ...small, slice: file.slice, arrayBuffer: file.arrayBuffer },
          reading,
        );
        if (!table.ok) throw new Error(table.diagnostics[0]?.message);
        const [numbers, words] = table.value.columns;
        expect(numbers?.kind === 'numbers' && Array.from(numbers.values)).toEqual(
          cells.map((_, row) => row),
        );
        if (words?.kind !== 'text') throw new Error('no words');
        const back = Array.from(words.values, (code) => words.words[code] ?? '');
        expect(back).toEqual(cells.map((value) => (value.trim() === '?' ? '' : value.trim())));
      }),
      { numRuns: 60 },
    );
  });
});

function byteByByte(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const all = Uint8Array.from(Buffer.from(text));
  return new ReadableStream({
    start(controller) {
      for (const byte of all) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
}

describe('NumPy arrays', () => {
  const float32 = (values: readonly number[]): Uint8Array<ArrayBuffer> =>
    new Uint8Array(Float32Array.from(values).buffer);

  it('puts Fortran order into rows', async () => {
    const file = npyBytes('<f4', true, '(2, 3)', float32([1, 4, 2, 5, 3, 6]));
    expect(await columns('a.npy', file)).toEqual({ 'a 1': [1, 4], 'a 2': [2, 5], 'a 3': [3, 6] });
  });

  it('puts Fortran order of three indices into rows', async () => {
    // a[i, j, k] = 100 i + 10 j + k, as numpy.asfortranarray stores it.
    const stored: number[] = [];
    for (let k = 0; k < 2; k++) {
      for (let j = 0; j < 3; j++) for (let i = 0; i < 2; i++) stored.push(100 * i + 10 * j + k);
    }
    const file = npyBytes('<f4', true, '(2, 3, 2)', float32(stored));
    const { a } = await columns('a.npy', file);
    expect(a).toEqual([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
  });

  // Bytes as numpy writes them: numpy.array([1.5, -2], dtype).tobytes().
  it.each([
    ['<f2', [0x00, 0x3e, 0x00, 0xc0], [1.5, -2]],
    ['>f2', [0x3e, 0x00, 0xc0, 0x00], [1.5, -2]],
    ['>f4', [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], [1.5, -2]],
    ['<f8', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1.5, -2]],
    ['|u1', [3, 255], [3, 255]],
    ['|i1', [3, 255], [3, -1]],
    ['>i2', [0xff, 0xfe, 0, 7], [-2, 7]],
    ['<u4', [1, 0, 0, 0, 0, 1, 0, 0], [1, 256]],
    ['<i8', [1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], [1, -1]],
    ['|b1', [0, 1], [0, 1]],
  ])('reads %s', async (descr, stored, expected) => {
    expect(await columns('a.npy', npyBytes(descr, false, '(2,)', bytes(...stored)))).toEqual({
      a: expected,
    });
  });

  it('reads small and special halves', async () => {
    // 2⁻²⁴, the largest half, and infinity, which counts as missing.
    const file = npyBytes('<f2', false, '(3,)', bytes(0x01, 0, 0xff, 0x7b, 0, 0x7c));
    expect(await columns('a.npy', file)).toEqual({ a: [2 ** -24, 65504, null] });
  });

  it('says what is wrong with one', async () => {
    const whole = npyBytes('<f4', false, '(2,)', float32([1, 2]));
    expect(await fault('a.npy', whole.slice(0, -3))).toContain('is cut: it has 5 of 8 bytes');
    expect(await fault('a.npy', whole.slice(0, 40))).toContain('ends within its head');
    expect(await fault('a.npy', 'text')).toContain('is no NumPy array');
    expect(await fault('a.npy', npyBytes('<U5', false, '(1,)', bytes()))).toContain("type '<U5'");
    expect(await fault('a.npy', npyBytes('<f4', false, '()', float32([1])))).toContain('no rows');
  });

  it('refuses rows without numbers, however many', async () => {
    const empty = npyBytes('<f4', false, '(1000000000000, 0)', bytes());
    expect(await fault('a.npy', empty)).toBe('“a.npy” holds rows without a number in them.');
  });

  it('reads an archive, and says when it is cut', async () => {
    const zip = Uint8Array.from(
      zipSync({
        'x.npy': npyBytes('<f4', false, '(2,)', float32([1, 2])),
        'label.npy': npyBytes('|u1', false, '(2,)', bytes(0, 1)),
        'other.npy': npyBytes('|u1', false, '(1,)', bytes(9)),
      }),
    );
    const table = await read('a.npz', zip);
    expect(table.diagnostics.map(({ message }) => message)).toEqual([
      '“other” of “a.npz” has 1 row and is left out: the others have 2.',
    ]);
    expect(await columns('a.npz', zip)).toEqual({ x: [1, 2], label: [0, 1] });
    expect(await fault('a.npz', zip.slice(0, -30))).toContain('“a.npz” is cut or damaged');
    expect(await fault('a.npz', zip.slice(0, 10))).toContain('“a.npz” is cut or damaged');
  });
});

describe('JSON Lines', () => {
  it('has a column for each key', async () => {
    const text = '{"x": 1.5, "name": "a", "v": [1, 2]}\n\n{"x": null, "v": [3, 4], "ok": true}\n';
    expect(await columns('a.jsonl', text)).toEqual({
      x: [1.5, null],
      name: ['a', null],
      v: [1, 2, 3, 4],
      ok: [null, 1],
    });
    expect(await columns('a.jsonl', '[1, 2]\n[3, 4]')).toEqual({
      'column 1': [1, 3],
      'column 2': [2, 4],
    });
  });

  it('says line and key of what is wrong', async () => {
    expect(await fault('a.jsonl', '{"x": 1}\n{"x": }\n')).toContain('line 2: it is not JSON');
    expect(await fault('a.jsonl', '{"x": 1}\n{"x": "a"}\n')).toContain(
      'line 2: “x” is a word, and a number before',
    );
    expect(await fault('a.jsonl', '{"x": {}}\n')).toContain('line 1: “x” is neither');
    expect(await fault('a.jsonl', '1\n')).not.toBe('');
  });

  it('may be one list of rows', async () => {
    const rows = [
      { x: 1.5, name: 'a, "[{', v: [1, 2] },
      { x: null, name: 'b\\', v: [3, 4] },
    ];
    const read = { x: [1.5, null], name: ['a, "[{', 'b\\'], v: [1, 2, 3, 4] };
    expect(await columns('a.json', JSON.stringify(rows))).toEqual(read);
    expect(await columns('a.json', `\n${JSON.stringify(rows, null, 2)}\n`)).toEqual(read);
    expect(await columns('a.json', '[[1, 2],\n [3, 4]]')).toEqual({
      'column 1': [1, 3],
      'column 2': [2, 4],
    });
    // One a line all the same.
    expect(await columns('a.json', '[[1, 2], 3]\n[[4, 5], 6]')).toEqual({
      'column 1': [1, 2, 4, 5],
      'column 2': [3, 6],
    });
  });

  it('says which row of a list is wrong', async () => {
    expect(await fault('a.json', '[{"x": 1}, {"x": }]')).toContain('row 2: it is not JSON');
    expect(await fault('a.json', '[{"x": 1}, {"x": {}}]')).toContain('row 2: “x” is neither');
    expect(await fault('a.json', '[{"x": 1}, {"x": 2}')).toContain('row 2: it is not JSON');
    expect(await fault('a.json', '[{"x": 1}, ')).toContain('row 2: it is not JSON');
    expect(await fault('a.json', '[{"x": 1},]')).toContain('row 2: it is not JSON');
    expect(await fault('a.json', '[{"x": 1}] more')).toContain('row 2: it is not JSON');
  });
});
