import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../tests/support/documentArbitrary';
import { canonicalJson, sameJson } from './canonical';

/** Milliseconds; a busy machine may take longer than the usual limit. */
const PATIENCE = 60_000;

/** The same JSON with the keys of every object in another order. */
function withReversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, withReversedKeys(child)]),
  );
}

describe('canonicalJson', () => {
  it('sorts keys at every level and keeps lists in order', () => {
    const value = { b: [{ z: 1, a: 2 }, 0], a: {}, '10': null, '9': true };
    expect(canonicalJson(value, 'compact')).toBe(
      '{"10":null,"9":true,"a":{},"b":[{"a":2,"z":1},0]}',
    );
  });

  it('prints files as JSON.stringify does with two spaces, with a final newline', () => {
    const value = { a: [1, { b: [] }], c: { d: 'é"\n' } };
    expect(canonicalJson(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });

  it('prints −0 as 0 and leaves undefined out', () => {
    expect(canonicalJson({ x: -0, y: undefined }, 'compact')).toBe('{"x":0}');
  });

  it('throws on what JSON has no notation for', () => {
    for (const value of [NaN, Infinity, () => 0, [undefined], 1n]) {
      expect(() => canonicalJson({ value })).toThrow('no JSON notation');
    }
  });

  it('round trips every JSON value, in both forms', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON.stringify is the independent judge: it drops the sign of −0 too.
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(plain);
        expect(JSON.parse(canonicalJson(value, 'compact'))).toEqual(plain);
      }),
    );
  });

  it(
    'does not depend on the order of keys',
    () => {
      fc.assert(
        fc.property(documentArbitrary, (document) => {
          expect(canonicalJson(withReversedKeys(document))).toBe(canonicalJson(document));
        }),
      );
    },
    PATIENCE,
  );
});

describe('sameJson', () => {
  it('compares by content', () => {
    expect(sameJson({ a: 1, b: [0] }, { b: [-0], a: 1 })).toBe(true);
    expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameJson({ a: null }, {})).toBe(false);
    expect(sameJson([], {})).toBe(false);
  });

  it('is to have the same canonical text', () => {
    const few = fc.jsonValue({ maxDepth: 2 });
    const related = fc.tuple(few, few, fc.boolean()).map(([a, b, isSame]) => {
      const left: unknown = JSON.parse(JSON.stringify({ a, b: [b, a] }));
      const right: unknown = JSON.parse(JSON.stringify({ b: [b, isSame ? a : b], a }));
      return [left, right] as const;
    });
    fc.assert(
      fc.property(related, ([a, b]) => {
        expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });
});
