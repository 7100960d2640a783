import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { probeView } from './definition';

describe('probe.view', () => {
  it('looks at what passes in training, unless it is told to look at evaluations', () => {
    const { seesViews } = defined(probeView.probe, 'contract');
    expect(seesViews?.(probeView.params.parse({}))).toBe(true);
    expect(seesViews?.(probeView.params.parse({ views: false }))).toBe(false);
    expect(probeView.ports({}).inputs.map(({ name }) => name)).toEqual(['in']);
  });
});
