import { randomBytes } from 'node:crypto';
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../tests/support/documentArbitrary';
import { fromBase64Url, toBase64Url } from './base64Url';
import { canonicalJson } from './canonical';
import { inflateWithin } from './inflateWithin';
import { DOCUMENT_LIMITS, emptyDocument, type BasinDocument } from './schema';
import { decodeShareLink, encodeShareLink, LINK_LIMITS } from './shareLink';

/** Milliseconds; a busy machine may take longer than the usual limit. */
const PATIENCE = 60_000;

const MIB = 2 ** 20;

function encoded(document: BasinDocument): string {
  const result = encodeShareLink(document);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function refusal(link: string): { code: string; message: string } {
  const result = decodeShareLink(link);
  if (result.ok) throw new Error('expected a refusal');
  const [first] = result.diagnostics;
  return { code: first?.code ?? '', message: first?.message ?? '' };
}

/**
 * A real stream that inflates to so many MiB of zeros. After a full flush nothing refers back, so the blocks of one MiB
 * may stand there any number of times.
 */
function bomb(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(MIB), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array.from({ length: mebibytes }, () => block), end]);
}

describe('share links', () => {
  it(
    'round trip, as a fragment or as a whole URL',
    () => {
      fc.assert(
        fc.property(documentArbitrary, (document) => {
          const link = encoded(document);
          expect(link).toMatch(/^v2=[A-Za-z0-9_-]+$/);
          for (const form of [link, `#${link}`, `https://example.org/basin/?a=b#${link}\n`]) {
            const result = decodeShareLink(form);
            expect(result.diagnostics).toEqual([]);
            expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(document));
          }
        }),
        { numRuns: 30 },
      );
    },
    PATIENCE,
  );

  it('are what another DEFLATE, CRC-32 and base64url make of the canonical JSON', () => {
    const document = emptyDocument('Grüße ∇');
    const deflated = deflateRawSync(canonicalJson(document, 'compact'));
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(deflated));
    const bytes = Buffer.concat([deflated, checksum]);
    const result = decodeShareLink(`#v2=${bytes.toString('base64url')}`);
    expect(result.ok && result.value).toEqual(document);
  });

  it('of version 1, without a checksum, still open', () => {
    const document = emptyDocument('Grüße ∇');
    const deflated = deflateRawSync(canonicalJson(document, 'compact'));
    for (const around of ['', '.', ')', "'", ' have a look', '\n']) {
      const result = decodeShareLink(`#v1=${deflated.toString('base64url')}${around}`);
      expect(result.ok && result.value).toEqual(document);
    }
  });

  it('does not give out a link that could not be read', () => {
    const noise = randomBytes(LINK_LIMITS.characters).toString('base64');
    const document = { ...emptyDocument(), description: '' };
    document.nodes = [
      { id: 'n', kind: 'note', label: '', position: { x: 0, y: 0 }, params: { text: noise } },
    ];
    const result = encodeShareLink(document);
    expect(result.ok).toBe(false);
    expect(result.diagnostics[0]?.code).toBe('link.too-large');
  });
});

describe('damaged and hostile links', () => {
  const link = encoded({ ...emptyDocument('Shared'), description: 'A text. '.repeat(20) });

  it('get a message of their own', () => {
    expect(refusal('').message).toContain('nothing stands after its #');
    expect(refusal('https://example.org/basin#').message).toContain('nothing stands after its #');
    expect(refusal('#settings').message).toContain('does not begin with v2=');
    expect(refusal('#v1=').message).toContain('The link is empty');
    expect(refusal('#v0=abcd').message).toContain('version 0');
    const changed = `#${link.replace(/.{5}$/, (end) => end.replaceAll(/./g, 'x'))}`;
    expect(refusal(changed).message).toContain('was changed on its way');
    const cut = `#${link.slice(0, -20)}`;
    expect(refusal(cut).message).toContain('cut off');
    for (const code of ['#v1=', '#settings', '#v0=abcd', changed, cut].map(
      (each) => refusal(each).code,
    )) {
      expect(code).toBe('link.damaged');
    }
  });

  it('of a newer version are refused as such', () => {
    const found = refusal(link.replace('v2=', 'v3='));
    expect(found.code).toBe('document.too-new');
    expect(found.message).toContain('version is 3');
  });

  it('that are cut off anywhere are refused', () => {
    for (let length = 'v2='.length; length < link.length; length++) {
      const found = refusal(link.slice(0, length));
      expect(found.code).toBe('link.damaged');
      expect(found.message).toMatch(length === 'v2='.length ? /is empty/ : /cut off/);
    }
  });

  it(
    'of random bytes never throw',
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
          expect(decodeShareLink(`#v1=${toBase64Url(bytes)}`).ok).toBe(false);
        }),
        { numRuns: 500 },
      );
      fc.assert(fc.property(fc.string(), (text) => void decodeShareLink(text)));
    },
    PATIENCE,
  );

  it(
    'of changed bytes never throw',
    () => {
      const bytes = fromBase64Url(link.slice(3)) ?? new Uint8Array();
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, value) => {
          const changed = bytes.slice();
          changed[place] = value;
          decodeShareLink(`#v1=${toBase64Url(changed)}`);
        }),
        { numRuns: 300 },
      );
    },
    PATIENCE,
  );

  it('with other content are refused as documents are', () => {
    const pack = (text: string | Buffer) => `#v1=${deflateRawSync(text).toString('base64url')}`;
    expect(refusal(pack('nothing')).code).toBe('document.not-json');
    expect(refusal(pack('{"format":"other"}')).code).toBe('document.not-basin');
    expect(refusal(pack(Buffer.from([0xc3, 0x28]))).code).toBe('link.damaged');
    const nodes = Array.from({ length: 5000 }, (_, index) => ({ id: `n${index}`, kind: 'note' }));
    const many = refusal(pack(JSON.stringify({ ...emptyDocument(), nodes })));
    expect(many.code).toBe('document.too-large');
    expect(many.message).toContain(`at most ${DOCUMENT_LIMITS.nodes}`);
  });

  it('that are too long are refused before they are decoded', () => {
    const found = refusal(`#v1=${'A'.repeat(LINK_LIMITS.characters + 1)}`);
    expect(found.code).toBe('link.too-large');
    expect(found.message).toContain(String(LINK_LIMITS.characters + 1));
  });

  it('that would inflate to as much as fits a link are given up at the limit', () => {
    const stream = bomb(180);
    const text = `#v1=${stream.toString('base64url')}`;
    expect(text.length).toBeLessThan(LINK_LIMITS.characters);
    expect(refusal(text).code).toBe('link.too-large');
  });
});

describe('inflateWithin', () => {
  it('is tested with a stream that is what it says', () => {
    expect(inflateRawSync(bomb(16)).equals(Buffer.alloc(16 * MIB))).toBe(true);
  });

  it(
    'gives up a stream of 1 GiB of zeros right after the limit',
    () => {
      const stream = bomb(1024);
      const before = process.memoryUsage().arrayBuffers;
      const result = inflateWithin(stream, 4 * MIB);
      const grown = process.memoryUsage().arrayBuffers - before;
      expect(result.status).toBe('over-limit');
      expect(result.status === 'over-limit' && result.produced).toBeLessThan(6 * MIB);
      expect(grown).toBeLessThan(64 * MIB);
    },
    PATIENCE,
  );

  it('allows exactly the limit', () => {
    const data = randomBytes(5000);
    const compressed = deflateRawSync(data);
    const exact = inflateWithin(compressed, 5000);
    expect(exact.status === 'done' && Buffer.from(exact.bytes).equals(data)).toBe(true);
    expect(inflateWithin(compressed, 4999)).toEqual({ status: 'over-limit', produced: 5000 });
  });

  it('agrees with zlib on any bytes, however they were compressed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(9), (data, level) => {
        const result = inflateWithin(deflateRawSync(data, { level }), MIB);
        expect(result.status === 'done' && Buffer.from(result.bytes).equals(data)).toBe(true);
      }),
    );
  });

  it('notices a missing end at any place, chunk borders among them', () => {
    const compressed = deflateRawSync(randomBytes(3000));
    for (const length of [0, 1, 1000, 1023, 1024, 1025, 2048, compressed.length - 1]) {
      expect(inflateWithin(compressed.subarray(0, length), MIB).status).toBe('cut');
    }
  });
});

describe('base64url', () => {
  it('agrees with Node on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });
});
