import { describe, expect, it } from 'vitest';
import { overallVerdict, type Finding } from './overallVerdict';
import { VERDICT_ORDER } from './verdicts/verdicts';

describe('overallVerdict', () => {
  const finding = (verdict: Finding['verdict']): Finding => ({
    label: verdict,
    verdict,
    reason: 'because.',
  });
  it('is the gravest finding', () => {
    for (let gravest = 0; gravest < VERDICT_ORDER.length; gravest++) {
      const findings = VERDICT_ORDER.slice(gravest).map(finding).reverse();
      expect(overallVerdict(findings).verdict).toBe(VERDICT_ORDER[gravest]);
    }
    expect(overallVerdict([]).verdict).toBe('no verdict');
  });

  it('says whose finding it is', () => {
    const result = overallVerdict([finding('healthy'), finding('flat energy')]);
    expect(result.reason).toBe('flat energy: because.');
  });

  it('says of a healthy model what was not tested', () => {
    const { reason } = overallVerdict([finding('healthy')], ['Distance: a caveat.']);
    expect(reason).toContain('Distance: a caveat.');
    expect(reason).toContain('was not tested');
  });
});
