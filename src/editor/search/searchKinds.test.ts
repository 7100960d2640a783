import { describe, expect, it } from 'vitest';
import { testRegistry } from '../testSupport';
import { searchKinds } from './searchKinds';

const found = (query: string) =>
  searchKinds(testRegistry.definitions, query).map(({ kind }) => kind);

describe('searchKinds', () => {
  it('gives everything in the order of the registry for no query', () => {
    expect(found('  ')).toEqual(testRegistry.definitions.map(({ kind }) => kind));
  });

  it('puts titles before help texts and wants every word', () => {
    expect(found('dense')).toEqual(['module.dense']);
    expect(found('a layer')).toEqual(['module.dense']);
    expect(found('layer energy')).toEqual([]);
  });

  it('finds kinds by category, kind and role', () => {
    expect(found('energies')).toEqual(['energy.distance']);
    expect(found('data.')).toEqual(['data.source']);
    expect(found('decoder')).toEqual(['module.dense']);
  });
});
