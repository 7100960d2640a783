import { expect, it } from 'vitest';
import { textHash } from './textHash';

it('gives the published values of FNV-1a', () => {
  // Test vectors of the authors' own reference code.
  expect(textHash('')).toBe('cbf29ce484222325');
  expect(textHash('a')).toBe('af63dc4c8601ec8c');
  expect(textHash('foobar')).toBe('85944171f73967e8');
});
