import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_VALUES, placesOf, replaced } from '../../tests/support/hostileValues';
import { readSafetensors, writeSafetensors } from './safetensors';

/** Bytes of a file with this header text and data. */
function fileOf(header: string, data: readonly number[], length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** Written by hand after the format's description: 1.0, −2.5 and the whole number 258, little-endian. */
const REFERENCE = fileOf(
  '{"__metadata__":{"step":"3"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"n":{"dtype":"I32","shape":[],"data_offsets":[8,12]}}',
  [0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0, 0x02, 0x01, 0x00, 0x00],
);

describe('readSafetensors', () => {
  it('reads a file made by hand', () => {
    const result = readSafetensors(REFERENCE);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.value.metadata).toEqual({ step: '3' });
    expect([...result.value.tensors.values()]).toEqual([
      { name: 'a', shape: [2], values: Float32Array.of(1, -2.5) },
      { name: 'n', shape: [], values: Int32Array.of(258) },
    ]);
  });

  it.each([
    ['BF16', [0xc0, 0x3f, 0x80, 0xbf], [1.5, -1]],
    // Least and greatest of binary16, the least that has a leading 1, −0 and 1/3 as they stand in the standard's tables.
    [
      'F16',
      [0x01, 0x00, 0xff, 0x7b, 0x00, 0x04, 0x00, 0x80, 0x55, 0x35, 0x00, 0xc0],
      [2 ** -24, 65504, 2 ** -14, -0, 0.333251953125, -2],
    ],
    ['F16', [0x00, 0x7c, 0x00, 0xfc, 0x00, 0x7e], [Infinity, -Infinity, NaN]],
    ['F64', [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f], [0.1]],
  ])('reads %s', (dtype, bytes, values) => {
    const header = { a: { dtype, shape: [values.length], data_offsets: [0, bytes.length] } };
    const result = readSafetensors(fileOf(JSON.stringify(header), bytes));
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect([...(result.value.tensors.get('a')?.values ?? [])]).toEqual(values);
  });

  it('takes no text for a key', () => {
    const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
    const metadata = { shape: '"a": {"a": "a"}', a: 'x', dtype: '\\"' };
    const header = `{"__metadata__":${JSON.stringify(metadata)},"a":${entry}}`;
    const result = readSafetensors(fileOf(header, [0, 0, 0, 0]));
    expect(result.ok && result.value.metadata).toEqual(metadata);
  });

  it('reads from the middle of a larger buffer', () => {
    const larger = new Uint8Array(REFERENCE.length + 8);
    larger.set(REFERENCE, 3);
    const result = readSafetensors(larger.subarray(3, 3 + REFERENCE.length));
    expect(result.ok).toBe(true);
  });

  const entry = (more: Record<string, unknown>): string =>
    JSON.stringify({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...more } });
  const hostile: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(), 'too short'],
    ['half a length', REFERENCE.subarray(0, 5), 'too short'],
    ['a cut header', REFERENCE.subarray(0, 30), 'said to have'],
    ['a header of 2⁶⁴ − 1 bytes', fileOf('{}', [], 2n ** 64n - 1n), 'said to have'],
    ['text that is not JSON', fileOf('{"a":', []), 'not JSON'],
    ['bytes that are not UTF-8', fileOf('', [0xff, 0xfe], 2n), 'not JSON'],
    ['a list', fileOf('[]', []), 'not a JSON object'],
    ['an entry that is no object', fileOf('{"a":3}', []), 'not an object'],
    ['metadata that is not text', fileOf('{"__metadata__":{"a":1}}', []), 'metadata'],
    ['a type it does not know', fileOf(entry({ dtype: 'F8_E4M3' }), [0, 0, 0, 0]), 'type F8_E4M3'],
    ['half the bytes', fileOf(entry({ dtype: 'F64' }), [0, 0, 0, 0]), 'needs'],
    ['twice the bytes', fileOf(entry({ dtype: 'BF16' }), [0, 0, 0, 0]), 'needs'],
    [
      'an array twice',
      fileOf(`${entry({}).slice(0, -1)},${entry({}).slice(1)}`, [0, 0, 0, 0]),
      '“a” twice',
    ],
    [
      'an array twice, spelt in two ways',
      fileOf(`${entry({}).slice(0, -1)},${entry({}).slice(1).replace('"a"', '"\\u0061"')}`, [
        ...[0, 0, 0, 0],
      ]),
      '“a” twice',
    ],
    [
      'an entry with two shapes',
      fileOf(entry({}).replace('"shape"', '"shape" : [2], "shape"'), [0, 0, 0, 0]),
      '“shape” twice',
    ],
    ['a shape with fractions', fileOf(entry({ shape: [0.5] }), [0, 0, 0, 0]), 'whole numbers'],
    ['a negative shape', fileOf(entry({ shape: [-1, -1] }), [0, 0, 0, 0]), 'whole numbers'],
    ['a shape that overflows', fileOf(entry({ shape: [2 ** 52, 2 ** 52] }), [0, 0, 0, 0]), 'needs'],
    ['a shape that does not fit', fileOf(entry({ shape: [2] }), [0, 0, 0, 0]), 'needs'],
    ['offsets past the end', fileOf(entry({ data_offsets: [4, 8] }), [0, 0, 0, 0]), 'outside'],
    ['offsets the wrong way', fileOf(entry({ data_offsets: [4, 0] }), [0, 0, 0, 0]), 'outside'],
    ['offsets missing', fileOf(entry({ data_offsets: [0] }), [0, 0, 0, 0]), 'outside'],
    ['bytes left over', fileOf(entry({}), [0, 0, 0, 0, 1]), 'after its last array'],
    ['a gap', fileOf(entry({ data_offsets: [4, 8] }), new Array<number>(8).fill(0)), 'gap'],
    [
      'arrays that overlap',
      fileOf(
        JSON.stringify({
          a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
          b: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        }),
        [0, 0, 0, 0],
      ),
      'overlap',
    ],
  ];
  it.each(hostile)('refuses %s', (_, bytes, text) => {
    const result = readSafetensors(bytes);
    expect(result.ok).toBe(false);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['weights.file-mismatch']);
    expect(result.diagnostics[0]?.message).toContain(text);
  });

  it.each(HOSTILE_VALUES.map((value) => [JSON.stringify(value), value] as const))(
    'refuses, or reads around, %s at any place of the header',
    (_, value) => {
      const header = JSON.parse(entry({ extra: 1 }));
      header['__metadata__'] = { step: '3' };
      for (const path of placesOf(header)) {
        const file = fileOf(JSON.stringify(replaced(header, path, value)), [0, 0, 0, 0]);
        const result = readSafetensors(file);
        if (!result.ok) {
          expect(result.diagnostics.map(({ code }) => code)).toEqual(['weights.file-mismatch']);
        }
      }
    },
  );

  it('keeps a tensor called __proto__ a tensor', () => {
    const header = '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const result = readSafetensors(fileOf(header, [0, 0, 0, 0]));
    expect(result.ok && [...result.value.tensors.keys()]).toEqual(['__proto__']);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(160), (noise, at) => {
        const broken = REFERENCE.slice();
        broken.set(noise.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
        readSafetensors(broken);
        readSafetensors(noise);
      }),
    );
  });
});

describe('writeSafetensors', () => {
  it('lays bytes out as the format says', () => {
    const bytes = writeSafetensors([{ name: 'a', shape: [2], values: Float32Array.of(1, -2.5) }], {
      step: '3',
    });
    const header =
      '{"__metadata__":{"step":"3"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect([...bytes]).toEqual([...fileOf(padded, [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])]);
  });

  it('is read back as it was written', () => {
    const values = fc.oneof(
      fc.array(fc.float({ noNaN: true }), { maxLength: 20 }).map((l) => Float32Array.from(l)),
      fc.array(fc.double({ noNaN: true }), { maxLength: 20 }).map((l) => Float64Array.from(l)),
      fc.array(fc.integer(), { maxLength: 20 }).map((l) => Int32Array.from(l)),
    );
    const tensors = fc.dictionary(fc.string({ minLength: 1 }), values, { maxKeys: 5 });
    fc.assert(
      fc.property(tensors, (table) => {
        const written = Object.entries(table)
          .filter(([name]) => name !== '__metadata__')
          .map(([name, list]) => ({
            name,
            shape: [list.length],
            values: list,
          }));
        const result = readSafetensors(writeSafetensors(written, { who: 'ü' }));
        if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
        expect(result.value.metadata).toEqual({ who: 'ü' });
        expect(result.value.tensors).toEqual(new Map(written.map((t) => [t.name, t])));
      }),
    );
  });
});
