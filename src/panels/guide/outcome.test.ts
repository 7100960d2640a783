import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../probing/report';
import type { Verdict } from '../../probing/verdicts/verdicts';
import { createRunStore, type RunState } from '../run/runStore';
import { outcomeOf } from './outcome';

const collapse = { warnings: [], verdict: ['complete collapse', 'flat energy'], steps: 600 };
const healthy = { warnings: [], verdict: ['healthy'], steps: 900 };

function run(change: Partial<RunState>): RunState {
  return { ...createRunStore().getState(), totalSteps: 1000, ...change };
}

/** A run that was judged at a step. */
function judged(step: number, verdict: Verdict, change: Partial<RunState> = {}): RunState {
  const report = { step, verdict } as ProbeReport;
  return run({ state: 'running', step, report, ...change });
}

describe('what came of an experiment', () => {
  it('waits for a run', () => {
    expect(outcomeOf(collapse, run({}), 0)).toEqual({ kind: 'waiting' });
    expect(outcomeOf(collapse, run({ state: 'paused' }), 0)).toEqual({ kind: 'waiting' });
  });

  it('is open while the run goes on and says something else', () => {
    const open = { kind: 'running', step: 300, due: 600, rests: false };
    expect(outcomeOf(collapse, judged(300, 'healthy'), 0)).toEqual(open);
    expect(outcomeOf(collapse, run({ state: 'running', step: 300 }), 0)).toEqual(open);
    const paused = outcomeOf(collapse, judged(300, 'healthy', { state: 'paused' }), 0);
    expect(paused).toEqual({ ...open, rests: true });
  });

  it('holds as soon as one of the faults is told', () => {
    const held = { kind: 'held', verdict: 'flat energy' };
    expect(outcomeOf(collapse, judged(150, 'flat energy'), 0)).toEqual(held);
  });

  it('is healthy only in the end', () => {
    expect(outcomeOf(healthy, judged(850, 'healthy'), 0).kind).toBe('running');
    expect(outcomeOf(healthy, judged(900, 'healthy'), 0).kind).toBe('held');
    // Fewer steps than that are all that there are.
    const short = { totalSteps: 400, state: 'done' } as const;
    expect(outcomeOf(healthy, judged(400, 'healthy', short), 0).kind).toBe('held');
  });

  it('is missed once it was due, or the run has ended', () => {
    const missed = { kind: 'missed', verdict: 'healthy' };
    expect(outcomeOf(collapse, judged(600, 'healthy'), 0)).toEqual(missed);
    expect(outcomeOf(collapse, judged(200, 'healthy', { state: 'done' }), 0)).toEqual(missed);
  });

  it('says nothing by what was judged before the graph showed the experiment', () => {
    const before = judged(1000, 'flat energy', { state: 'done' });
    expect(outcomeOf(collapse, before, 1000)).toEqual({ kind: 'waiting' });
    const stale = judged(700, 'flat energy', { stale: true, reportStale: true });
    expect(outcomeOf(collapse, stale, 0)).toEqual({ kind: 'waiting' });
  });

  it('counts from where a run was when a live value was changed', () => {
    expect(outcomeOf(collapse, judged(350, 'healthy'), 300)).toEqual({
      kind: 'running',
      step: 350,
      due: 900,
      rests: false,
    });
    expect(outcomeOf(collapse, judged(900, 'healthy'), 300).kind).toBe('missed');
    // The run ends before that.
    expect(outcomeOf(collapse, judged(1000, 'healthy'), 700).kind).toBe('missed');
  });

  it('takes a divergence of this run for a verdict, and no other', () => {
    const divergence = { code: 'run.non-finite', severity: 'error', message: '' } as const;
    const diverged = { warnings: [], verdict: ['diverged'] };
    const ended = run({ state: 'failed', step: 40, divergence });
    expect(outcomeOf(diverged, ended, 0)).toEqual({ kind: 'held', verdict: 'diverged' });
    expect(outcomeOf(diverged, ended, 40)).toEqual({ kind: 'waiting' });
    expect(outcomeOf(collapse, ended, 0)).toEqual({ kind: 'missed', verdict: 'diverged' });
  });
});
