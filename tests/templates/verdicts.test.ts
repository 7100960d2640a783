import { describe, expect, it } from 'vitest';
import { defined } from '../../src/core/invariant';
import { trainVariant } from '../calibration/trainVariant';
import { VARIANTS } from '../calibration/variants';

/** Of the variants that tests/calibration trains in full: one of each kind of fault, with one seed. */
const NAMES = [
  'vicreg on encoders',
  'jepa, VICReg on x only',
  'h-jepa, VICReg on level 1 only',
  'h-jepa, VICReg on level 2 only',
  'vicreg: huge-rate',
  'vicreg, views of 0.001',
];

describe.each(NAMES)('%s', (name) => {
  it('is judged as it should be, and not before training', async () => {
    const variant = defined(
      VARIANTS.find((one) => one.name === name),
      name,
    );
    const { reports } = await trainVariant(variant, 1, 1);
    const [expected] = [variant.verdict].flat();
    expect(reports.map(({ verdict }) => verdict)).toEqual(['no verdict', expected]);
    const last = defined(reports.at(-1), 'report');
    if (expected === 'diverged') expect(JSON.stringify(last)).not.toContain('"healthy"');
    if (expected === 'healthy') expect(last.reason).toContain('was not tested');
    expect(last.reason.includes('untrained network')).toBe(name.includes('views'));
  });
});
