import { describe, expect, it } from 'vitest';
import { createRegistry } from '../../graph/registry';
import { testRegistry } from '../testSupport';
import { kindEntries, kindEntry } from './kindEntries';
import { searchKinds } from './searchKinds';

const registry = createRegistry(testRegistry.definitions, [
  {
    id: 'decoder',
    title: 'Decoder',
    kind: 'module.dense',
    params: { role: 'decoder' },
    help: 'Widens.',
    synonyms: ['K-Ménage'],
  },
  { id: 'lost', title: 'Lost', kind: 'module.gone', params: {}, help: '', synonyms: [] },
]);
const found = (query: string) => searchKinds(kindEntries(registry), query).map(({ id }) => id);

describe('kindEntries', () => {
  it('puts roles before the kinds of their category, and leaves out those whose kind is unknown', () => {
    expect(found('')).toEqual([
      'data.source',
      'decoder',
      'module.dense',
      'energy.distance',
      'note',
    ]);
    expect(kindEntry(registry, 'decoder')?.params).toEqual({ role: 'decoder' });
    expect(kindEntry(registry, 'lost')).toBeUndefined();
  });
});

describe('searchKinds', () => {
  it('gives everything in the order of the palette for no query', () => {
    expect(found('  - ')).toEqual(kindEntries(registry).map(({ id }) => id));
  });

  it('puts titles before help texts and wants every word', () => {
    expect(found('dense')[0]).toBe('module.dense');
    expect(found('a layer')).toEqual(['decoder', 'module.dense']);
    expect(found('layer energy')).toEqual([]);
  });

  it('finds by category, kind, choices, parameters, ports and source', () => {
    expect(found('energies')).toEqual(['energy.distance']);
    expect(found('data.')).toContain('data.source');
    expect(found('decoder')).toEqual(['decoder', 'module.dense']);
    expect(found('width')).toContain('data.source');
    expect(found('weights')).toEqual(['decoder', 'module.dense']);
    expect(found('test')).toHaveLength(kindEntries(registry).length);
  });

  it('takes words without accents, hyphens and case, joined or apart', () => {
    for (const query of ['k menage', 'K-MÉNAGE', 'kmenage'])
      expect(found(query)).toEqual(['decoder']);
  });
});
