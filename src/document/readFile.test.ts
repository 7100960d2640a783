import { deflateRawSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../interop/safetensors';
import { canonicalJson } from './canonical';
import { FOREIGN_FORMATS } from './foreignFormats';
import { readDocumentFile } from './readFile';
import { emptyDocument } from './schema';
import { documentSection } from './scriptDocument';

/** What a browser or Node makes a text of. */
function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

const bytes = (...values: (number | string)[]): Uint8Array =>
  Uint8Array.from(
    values.flatMap((value) =>
      typeof value === 'number' ? [value] : [...value].map((character) => character.charCodeAt(0)),
    ),
  );
const zip = zipSync({ 'a.txt': bytes('text') });
const document = canonicalJson(emptyDocument('Mine'));

/** File names that say nothing, so that only the content does. */
const BY_CONTENT: readonly (readonly [string, string | Uint8Array])[] = [
  ['a CSV table', 'x,y\n1,2\n3,4\n'],
  ['a CSV table', '"a, or b";"c"\r\n1,5;2\r\n'],
  ['a TSV table', 'x\ty\n1\t2\n'],
  ['JSON Lines', '{"x": 1}\n{"x": 2}\n'],
  ['an image', bytes(0, 0, 0, 24, 'ftypheic')],
  ['a NumPy array', bytes(0x93, 'NUMPY', 1, 0, 0x76, 0, "{'descr': '<f4'}")],
  ['a zip archive', zip],
  ['a gzip archive', gzipSync('text')],
  [
    'a safetensors file of weights',
    writeSafetensors([{ name: 'w', shape: [1], values: Float32Array.of(1) }]),
  ],
  ['a PNG image', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR')],
  ['a JPEG image', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF', 0)],
  ['a GIF image', 'GIF89a...'],
  ['a WebP image', bytes('RIFF', 0x24, 0x99, 0, 0, 'WEBPVP8 ')],
  ['an SVG image', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
  ['a web page', '<!doctype html>\n<html><body>…</body></html>'],
  ['XML', '<?xml version="1.0"?>\n<graph/>'],
  ['a PDF document', '%PDF-1.7\n'],
  ['an HDF5 file', bytes(0x89, 'HDF\r\n', 0x1a, '\n')],
  ['a Python pickle', bytes(0x80, 4, 0x95, 10)],
  ['a Parquet table', 'PAR1...'],
  ['a video', bytes(0, 0, 0, 0x20, 'ftypisom')],
  ['a share link', `https://example.org/#v2=${deflateRawSync(document).toString('base64url')}\n`],
];

const BY_NAME: readonly (readonly [string, string, string | Uint8Array])[] = [
  ['a CSV table', 'column.CSV', '1\n2\n3\n'],
  ['an archive of NumPy arrays', 'digits.npz', zip],
  ['a PyTorch file', 'model.pt', zip],
  ['a spreadsheet', 'table.xlsx', zip],
  ['an ONNX model', 'model.onnx', bytes(8, 7, 18, 5)],
  ['Markdown', 'README.md', '# Basin\n\nA visual editor.\n'],
  ['program code', 'train.py', 'import numpy as np\n'],
  // The content says more than a wrong name.
  ['a PNG image', 'graph.json', bytes(0x89, 'PNG\r\n', 0x1a, '\n')],
];

function message(name: string, content: string | Uint8Array): string {
  const read = readDocumentFile(textOf(content), name, `“${name}”`);
  if (read.ok) throw new Error('opened');
  expect(read.diagnostics).toHaveLength(1);
  expect(read.diagnostics[0]?.code).toBe('document.not-json');
  expect(read.diagnostics[0]?.hint).toBeTruthy();
  return read.diagnostics[0]?.message ?? '';
}

describe('a file that is no document', () => {
  it.each(BY_CONTENT)('is called %s by its content', (what, content) => {
    expect(message('file', content)).toContain(`“file” is ${what}.`);
    expect(message('graph.json', content)).toContain(`“graph.json” is ${what}.`);
  });

  it.each(BY_NAME)('is called %s by its name', (what, name, content) => {
    expect(message(name, content)).toContain(`“${name}” is ${what}.`);
  });

  it.each(
    FOREIGN_FORMATS.flatMap(({ name, extensions }) => extensions.map((each) => [each, name])),
  )('named .%s is called %s when its content says nothing', (extension, what) => {
    expect(message(`file.${extension}`, '???')).toContain(what);
  });

  it.each([document.slice(0, -40), '{"nodes": [\n{"a": 1,\n"b": 2,}', 'a, b', '???'])(
    'stays what is wrong with its JSON where nothing else is known: %s',
    (content) => {
      expect(message('graph.json', content)).toContain('is not JSON');
    },
  );

  it('is a script that has lost its graph', () => {
    const script = (text: string): string =>
      `"""Mine\n\nWritten by Basin. Open this file there to see the graph that it was made of.\n"""\n${text}`;
    const section = documentSection(emptyDocument('Mine'));
    expect(readDocumentFile(script(section), 'train.py', 'It').ok).toBe(true);
    expect(readDocumentFile(script(section).replaceAll('\n', '\r\n'), 'train.py', 'It').ok).toBe(
      true,
    );
    expect(message('train.py', script(''))).toContain('which is no longer in it');
    expect(message('train.py', script(section.slice(0, -40)))).toContain('no longer in it');
    expect(message('train.py', script(section.replace('{', '{{')))).toContain('damaged in it');
    expect(message('train.py', 'import torch\n')).toContain('program code');
  });

  it('is not confused with a document that has another name', () => {
    expect(readDocumentFile(document, 'graph.csv', 'It').ok).toBe(true);
  });
});
