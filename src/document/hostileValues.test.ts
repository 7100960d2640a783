import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../tests/support/documentArbitrary';
import { HOSTILE_VALUES, placesOf, replaced } from '../../tests/support/hostileValues';
import { readFragment } from './readPasted';
import { readDocument } from './read';
import { documentSchema } from './schema';
import { decodeShareLink } from './shareLink';

const PATIENCE = 120_000;

const everyField = JSON.parse(
  readFileSync(new URL('./migrations/fixtures/v1.json', import.meta.url), 'utf8'),
);

/** Opened and fit for use, or refused for a reason. */
function expectAnswer(result: ReturnType<typeof readDocument>): void {
  if (result.ok) expect(documentSchema.safeParse(result.value).success).toBe(true);
  else expect(result.diagnostics).not.toEqual([]);
}

describe('a value that nobody expects', () => {
  const places = placesOf(everyField);

  it.each(HOSTILE_VALUES.map((value) => [JSON.stringify(value), value] as const))(
    '%s at any place of a document is repaired or refused',
    (_, value) => {
      for (const path of places) {
        const json = replaced(everyField, path, value);
        // From a database, and from a file.
        expectAnswer(readDocument(json));
        expectAnswer(readDocument(JSON.stringify(json)));
      }
    },
    PATIENCE,
  );

  it(
    'at any place of any document, also behind a link or in the clipboard',
    () => {
      fc.assert(
        fc.property(
          documentArbitrary,
          fc.nat(),
          fc.constantFrom(...HOSTILE_VALUES),
          (document, choice, value) => {
            const all = placesOf(document);
            const json = replaced(document, all[choice % all.length] ?? [], value);
            const text = JSON.stringify(json);
            const link = deflateRawSync(text).toString('base64url');
            expectAnswer(decodeShareLink(`#v1=${link}`));
            const fragment = { ...(json as object), format: 'basin-fragment' };
            const read = readFragment(JSON.stringify(fragment));
            expect(read.ok || read.diagnostics.length > 0).toBe(true);
          },
        ),
        { numRuns: 500 },
      );
    },
    PATIENCE,
  );

  it.each(['sourcePort', 'targetPort', 'id', 'source'])(
    'where a connection says its %s costs that connection at most',
    (field) => {
      const value = { length: { toString: 1, valueOf: 2 } };
      const read = readDocument(replaced(everyField, ['edges', 0, field], value));
      if (!read.ok) throw new Error('refused');
      expect(read.value.edges.length).toBeGreaterThanOrEqual(everyField.edges.length - 1);
      expect(read.value.nodes).toHaveLength(everyField.nodes.length);
      expect(read.diagnostics.map(({ code }) => code)).toContain('document.repaired');
    },
  );
});
