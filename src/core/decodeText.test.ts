import { expect, it } from 'vitest';
import { decodeText } from './decodeText';

const TEXT = '{"title": "नमस्ते, 日本 🎈"}';

/** Big-endian, which Node cannot write. */
function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

it.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16 LE', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 BE', utf16be(`\ufeff${TEXT}`)],
  ['UTF-16 LE without a mark', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16 BE without a mark', utf16be(TEXT)],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

it.each([
  ['nothing', [], ''],
  ['one byte', [0x7b], '{'],
  ['a half of a letter', [0xff, 0xfe, 0x7b], '\ufffd'],
  ['what is no text', [0x80, 0x04, 0x95], '\ufffd\u0004\ufffd'],
])('makes something of %s', (_, bytes, text) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe(text);
});
