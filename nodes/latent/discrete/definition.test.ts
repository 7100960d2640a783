import { describe, expect, it } from 'vitest';
import { runNode } from '../../shared/testing/runNode';
import { latentDiscrete } from './definition';

describe('latent.discrete', () => {
  it('draws one-hot codes, each as likely', async () => {
    const { outputs } = await runNode(latentDiscrete, { params: { k: 4, mode: 'prior' }, batch: 4000 }); // prettier-ignore
    const values = outputs['z']?.values ?? [];
    const rows = Array.from({ length: 4000 }, (_, row) => values.slice(4 * row, 4 * row + 4));
    expect(rows.every((row) => row.filter((z) => z === 1).length === 1 && row.filter((z) => z === 0).length === 3)).toBe(true); // prettier-ignore
    for (const code of [0, 1, 2, 3]) {
      const share = rows.filter((row) => row[code] === 1).length / 4000;
      expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 4000));
    }
  });

  it('draws binary units, each on half of the time', async () => {
    const params = { k: 3, form: 'binary', mode: 'prior' };
    const { outputs } = await runNode(latentDiscrete, { params, batch: 4000 });
    const values = outputs['z']?.values ?? [];
    expect(values.every((z) => z === 0 || z === 1)).toBe(true);
    const share = values.reduce((sum, z) => sum + z, 0) / values.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * (0.5 / Math.sqrt(values.length)));
  });

  it('says how many values are to be looked at', () => {
    const count = (params: Record<string, unknown>): number | undefined =>
      latentDiscrete.free?.(latentDiscrete.params.parse(params))?.codes?.count;
    expect(count({ k: 12 })).toBe(12);
    expect(count({ k: 5, form: 'binary', mode: 'marginalize' })).toBe(32);
    expect(count({ mode: 'prior' })).toBeUndefined();
  });
});
