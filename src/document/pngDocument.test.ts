import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTemplateText } from '../cli/templates';
import { crc32 } from '../core/crc32';
import { canonicalJson } from './canonical';
import { fileText } from './fileText';
import { isPng, withDocument } from './pngDocument';
import { readDocument } from './read';
import { emptyDocument, type BasinDocument } from './schema';

/** One transparent pixel, as Python's zlib and struct make it. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
  'base64',
);

async function template(slug: string): Promise<BasinDocument> {
  const read = readDocument(await readTemplateText(slug));
  if (!read.ok) throw new Error('no document');
  return read.value;
}

function documentIn(png: Uint8Array): BasinDocument {
  const text = fileText(png, 'It');
  const read = text.ok ? readDocument(text.value) : text;
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  expect(read.diagnostics).toEqual([]);
  return read.value;
}

const whyNot = (png: Uint8Array): string => fileText(png, '“a.png”').diagnostics[0]?.message ?? '';

describe('a document in a PNG image', () => {
  it.each(['jepa', 'h-jepa', 'vicreg'])('comes out as it went in: %s', async (slug) => {
    const document = await template(slug);
    const png = withDocument(PIXEL, document);
    expect(isPng(png)).toBe(true);
    expect(canonicalJson(documentIn(png))).toBe(canonicalJson(document));
  });

  it('keeps letters of every script', () => {
    const document = { ...emptyDocument('Žluťoučký 🐎 λ'), description: 'ß\n“x”' };
    expect(documentIn(withDocument(PIXEL, document))).toEqual(document);
  });

  it('is one chunk more, as the format has them, before the last', () => {
    const png = Buffer.from(withDocument(PIXEL, emptyDocument('Mine')));
    const at = PIXEL.length - 12;
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 8, at + 8 + length);
    expect(png.subarray(0, at).equals(PIXEL.subarray(0, at))).toBe(true);
    expect(png.toString('latin1', at + 4, at + 8)).toBe('iTXt');
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    expect(png.subarray(at + 12 + length).equals(PIXEL.subarray(at))).toBe(true);
    // Keyword, compressed, by zlib, no language, no translated keyword: PNG specification, §11.3.3.4.
    expect(body.toString('latin1', 0, 19)).toBe('Basin document\0\u0001\0\0\0');
    const text = inflateSync(body.subarray(19)).toString();
    expect(text).toBe(canonicalJson(emptyDocument('Mine'), 'compact'));
  });

  it('is missed in an image without one, and in a cut one', () => {
    expect(whyNot(PIXEL)).toBe('“a.png” is a PNG image without a graph in it.');
    const png = withDocument(PIXEL, emptyDocument('Mine'));
    expect(whyNot(png.subarray(0, 80))).toContain('cut off');
  });

  it('is refused where a byte of it has changed', () => {
    const png = withDocument(PIXEL, emptyDocument('Mine'));
    png[png.length - 40] = (png[png.length - 40] ?? 0) ^ 1;
    expect(whyNot(png)).toBe('The graph in “a.png” is damaged.');
  });

  it('never throws, whatever the bytes', () => {
    const png = withDocument(PIXEL, emptyDocument('Mine'));
    for (let at = 8; at < png.length; at++) {
      const broken = png.slice();
      broken[at] = (broken[at] ?? 0) ^ 0x5a;
      fileText(broken, 'It');
      fileText(png.subarray(0, at), 'It');
    }
  });

  it('does not become more than a document may be', () => {
    // 70 MB of zeros, by hand: a chunk that says that it is a document.
    const head = Buffer.from('Basin document\0\u0001\0\0\0', 'latin1');
    const body = Buffer.concat([head, deflateSync(Buffer.alloc(70_000_000))]);
    const grown = withChunk(PIXEL, body);
    expect(whyNot(grown)).toContain('more than any Basin document');
  });
});

/** `iTXt` before the end of the image, with its CRC. */
function withChunk(png: Uint8Array, body: Uint8Array): Uint8Array {
  const kind = Buffer.from('iTXt');
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(body.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(Buffer.concat([kind, body])));
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), frame, kind, body, crc, png.subarray(end)]);
}
