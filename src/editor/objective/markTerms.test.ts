import { describe, expect, it } from 'vitest';
import type { ObjectiveTerm } from '../../compiler/analysis/analysis';
import { markTerms } from './markTerms';

const term = (nodeId: string, label: string): ObjectiveTerm => ({
  nodeId,
  port: 'energy',
  label,
  kind: 'energy',
  weight: 1,
  weightParameter: null,
});

describe('markTerms', () => {
  it('wraps each label with its node', () => {
    expect(
      markTerms('L = 25\\,\\text{Distance} + \\text{Variance}', [
        term('d', 'Distance'),
        term('v', 'Variance'),
      ]),
    ).toBe('L = 25\\,\\htmlData{node=d}{\\text{Distance}} + \\htmlData{node=v}{\\text{Variance}}');
  });

  it('gives equal labels to their terms in order, and escapes as the formula does', () => {
    expect(markTerms('\\text{a\\_b} + \\text{a\\_b}', [term('p', 'a_b'), term('q', 'a_b')])).toBe(
      '\\htmlData{node=p}{\\text{a\\_b}} + \\htmlData{node=q}{\\text{a\\_b}}',
    );
  });

  it('leaves a formula without its terms as it is', () => {
    expect(markTerms('\\mathcal{L} = 0', [term('d', 'Distance')])).toBe('\\mathcal{L} = 0');
  });
});
