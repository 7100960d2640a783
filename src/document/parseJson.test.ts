import { describe, expect, it } from 'vitest';
import { defined } from '../core/invariant';
import { parseJson } from './parseJson';
import { DOCUMENT_LIMITS } from './schema';

function refusal(text: string) {
  const result = parseJson(text, 'The file');
  if (result.ok) throw new Error('expected a refusal');
  return defined(result.diagnostics[0], 'a diagnostic');
}

describe('parseJson', () => {
  it('reads JSON with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}', 'The file')).toMatchObject({ ok: true, value: { a: 1 } });
  });

  it('says where the text stops being JSON', () => {
    const found = refusal('{\n  "a": 1\n  "b": 2\n}');
    expect(found.code).toBe('document.not-json');
    expect(found.message).toContain('The file is not JSON at line 3, column 3');
    expect(refusal('{\n  "a": [1, 2').message).toContain('line 2, column 13');
  });

  it('names what it stumbled over where the engine does not say the place', () => {
    expect(refusal('{"a": nope}').message).toContain("Unexpected token 'o'");
    expect(refusal('  ').message).toBe('The file is not JSON: it is empty.');
  });

  it('does not parse a text over the limit', () => {
    const found = refusal(' '.repeat(DOCUMENT_LIMITS.characters + 1));
    expect(found.code).toBe('document.too-large');
    expect(found.message).toContain(String(DOCUMENT_LIMITS.characters + 1));
  });
});
