import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../persistence/documentStore';
import { orderDocuments } from './documentOrder';

const summary = (title: string, updated: number, size: number): DocumentSummary => ({
  id: title,
  title,
  updated,
  size,
  revision: 1,
});
const LIST = [summary('Trial 10', 3, 50), summary('trial 9', 2, 70), summary('JEPA (copy)', 1, 60)];
const titles = (...asked: [query: string, order: 'updated' | 'title' | 'size']) =>
  orderDocuments(LIST, ...asked).map(({ title }) => title);

describe('orderDocuments', () => {
  it('sorts by change, title and size', () => {
    expect(titles('', 'updated')).toEqual(['Trial 10', 'trial 9', 'JEPA (copy)']);
    expect(titles('', 'title')).toEqual(['JEPA (copy)', 'trial 9', 'Trial 10']);
    expect(titles('', 'size')).toEqual(['trial 9', 'JEPA (copy)', 'Trial 10']);
    expect(LIST[0]?.title).toBe('Trial 10');
  });

  it('keeps those that have all words', () => {
    expect(titles('trial', 'title')).toEqual(['trial 9', 'Trial 10']);
    expect(titles('copy je', 'title')).toEqual(['JEPA (copy)']);
    expect(titles('trial copy', 'title')).toEqual([]);
  });
});
