import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { probeHistogram } from './definition';

describe('probe.histogram', () => {
  it('counts what evaluations see, unless it is told to have views on', () => {
    const { seesViews } = defined(probeHistogram.probe, 'contract');
    expect(seesViews?.(probeHistogram.params.parse({}))).toBe(false);
    expect(seesViews?.(probeHistogram.params.parse({ views: true }))).toBe(true);
    expect(probeHistogram.params.safeParse({ bins: 1 }).success).toBe(false);
  });
});
