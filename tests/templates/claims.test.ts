import { afterAll, describe, expect, it } from 'vitest';
import { templateSlugs } from '../../src/cli/templates';
import { MeasuringPool } from './measuringPool';
import { SHOWS } from './shows/index';

// A template waits here until the ones before it are done.
const TIMEOUT = 2_400_000;

const pool = new MeasuringPool();
afterAll(() => pool.close());

it('every template claims something, in the order of the folders', async () => {
  expect(SHOWS.map(({ slug }) => slug)).toEqual(await templateSlugs());
  for (const { slug, claims } of SHOWS) expect(claims.length, slug).toBeGreaterThan(0);
});

describe('trained as it is shipped', () => {
  it.concurrent.each(SHOWS.map(({ slug }) => slug))(
    '%s shows what is claimed of it',
    async (slug) => {
      const { findings } = await pool.measure({ slug, seed: null });
      expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    },
    TIMEOUT,
  );
});
