import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../probing/report';
import { VERDICT_ORDER } from '../../probing/verdicts/verdicts';
import { shownJudgement, type Standing } from './standing';

const shown = (verdict: Verdict, standing: Standing) =>
  shownJudgement({ verdict, reason: 'Std 1.' }, standing);

describe('a judgement as it is shown', () => {
  it('is the report’s own while it stands', () => {
    for (const verdict of VERDICT_ORDER) {
      expect(shown(verdict, 'stands')).toMatchObject({ label: verdict, reason: 'Std 1.' });
    }
    expect(shown('healthy', 'stands').tone).toBe('good');
  });

  it('is never green, nor called healthy, when it does not stand', () => {
    for (const verdict of VERDICT_ORDER) {
      for (const standing of ['untrained', 'stale', 'behind', 'diverged'] as const) {
        const { label, tone, reason } = shown(verdict, standing);
        expect([label, tone]).not.toContain('healthy');
        expect(tone).not.toBe('good');
        expect(reason).not.toContain('healthy');
      }
    }
  });

  it('is none at step 0, but for numbers that are not finite', () => {
    const judged = VERDICT_ORDER.filter(
      (verdict) => shown(verdict, 'untrained').label !== 'no verdict',
    );
    expect(judged).toEqual(['diverged']);
  });

  it('is grey and called stale after the graph was changed, whatever it was', () => {
    for (const verdict of VERDICT_ORDER) {
      expect(shown(verdict, 'stale')).toMatchObject({ label: 'stale', tone: 'neutral' });
    }
  });

  it('keeps its alarms when the run diverged', () => {
    expect(shown('complete collapse', 'diverged')).toMatchObject({ tone: 'bad', reason: 'Std 1.' });
    expect(shown('healthy', 'diverged')).toMatchObject({ label: 'no verdict', tone: 'neutral' });
  });
});
