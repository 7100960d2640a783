import { describe, expect, it } from 'vitest';
import { note } from './definition';

describe('note', () => {
  it('has text and no ports', () => {
    const params = note.params.parse({ text: '# Try this' });
    expect(params).toEqual({ text: '# Try this' });
    expect(note.ports(params)).toEqual({ inputs: [], outputs: [] });
  });

  it('refuses text over the limit of a document', () => {
    expect(note.params.safeParse({ text: 'x'.repeat(20_001) }).success).toBe(false);
  });
});
