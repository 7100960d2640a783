import { describe, expect, it } from 'vitest';
import { codeCount, codeOfValue, nameOfCode, valueOfCode } from './latentCodes';

const oneHot = { label: 'z', size: 3, domain: { kind: 'one-hot', size: 3 } } as const;
const units = { label: 'h', size: 3, domain: { kind: 'binary', size: 3 } } as const;
const angle = { label: 'φ', size: 1, domain: { kind: 'circle' } } as const;

describe('codes of a latent', () => {
  it('are listed by their number, and have all their numbers', () => {
    expect([oneHot, units, angle].map(codeCount)).toEqual([3, 8, null]);
    expect(valueOfCode(oneHot, 2)).toEqual([0, 0, 1]);
    expect(valueOfCode(units, 6)).toEqual([0, 1, 1]);
    expect(valueOfCode(angle, 0)).toEqual([0]);
    expect([nameOfCode(oneHot, 2), nameOfCode(units, 6)]).toEqual(['z = 3', '0 1 1']);
  });

  it('are found again by their value', () => {
    for (const latent of [oneHot, units]) {
      for (let code = 0; code < (codeCount(latent) ?? 0); code++) {
        expect(codeOfValue(latent, valueOfCode(latent, code))).toBe(code);
      }
    }
  });
});
