import { describe, expect, it } from 'vitest';
import { jsonText } from './json';

const printed = (value: object): unknown => JSON.parse(jsonText(value));

describe('jsonText', () => {
  it('prints finite values as they are, with null for what does not exist', () => {
    const value = { step: 3, gap: null, terms: { a: 1 }, name: 'x', spectrum: [1, 2] };
    expect(jsonText(value)).toBe(JSON.stringify(value));
  });

  it('keeps the key of a number that is not finite and names it in a diagnostic', () => {
    expect(printed({ step: 3, loss: NaN, terms: { a: -Infinity, b: 1 } })).toEqual({
      step: 3,
      loss: null,
      terms: { a: null, b: 1 },
      diagnostics: [
        {
          code: 'run.non-finite',
          severity: 'error',
          message: 'loss is not a number.',
          path: 'loss',
        },
        {
          code: 'run.non-finite',
          severity: 'error',
          message: 'terms.a is minus infinite.',
          path: 'terms.a',
        },
      ],
    });
  });

  it('names keys with dots unmistakably, and a list once', () => {
    const report = { reps: { 'f.out': { meanStd: Infinity, spectrum: [NaN, 1, Infinity] } } };
    expect(printed(report)).toMatchObject({
      reps: { 'f.out': { meanStd: null, spectrum: [null, 1, null] } },
      diagnostics: [
        { message: 'reps["f.out"].meanStd is infinite.' },
        { message: 'reps["f.out"].spectrum holds 2 of 3 numbers not finite.' },
      ],
    });
  });

  it('adds to the diagnostics that there are, and looks at each element of a list', () => {
    expect(printed({ loss: NaN, diagnostics: [{ code: 'other' }] })).toMatchObject({
      diagnostics: [{ code: 'other' }, { path: 'loss' }],
    });
    expect(printed([{ a: 1 }, { a: NaN }])).toMatchObject([
      { a: 1 },
      { a: null, diagnostics: [{ path: 'a' }] },
    ]);
  });
});
