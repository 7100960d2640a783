import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../document/schema';
import type { ClaimedResults } from '../../document/schema';
import { createRunStore } from '../../panels/run/runStore';
import type { RunStore } from '../../panels/run/runStore';
import type { ProbeReport, Verdict } from '../../probing/report';
import { claimsOf, compareLoss, reproduce } from './reproduce';
import type { Reproduction } from './reproduce';
import { runAgain } from './runAgain';

function computed(run: RunStore, losses: readonly number[], firstStep = 0): void {
  run.getState().metrics.append({
    names: ['loss'],
    firstStep,
    rows: losses.length,
    values: Float64Array.from(losses),
  });
}

const report = (step: number, verdict: Verdict): ProbeReport => ({
  step,
  reps: {},
  energies: {},
  inference: {},
  latents: {},
  verdict,
  reason: '',
  loss: 0,
  terms: {},
});

function start(claims: ClaimedResults) {
  const run = createRunStore();
  const steps: number[] = [];
  const heard: Reproduction[] = [];
  const stop = reproduce(
    { ...emptyDocument(), claims },
    run,
    { runSteps: (count) => void steps.push(count), step: (count = 1) => void steps.push(count) },
    (reproduction) => heard.push(reproduction),
  );
  return { run, steps, stop, last: () => heard.at(-1) };
}

describe('claimsOf', () => {
  it('says step, loss, verdict and engine of the last step', () => {
    const run = createRunStore();
    expect(claimsOf(run.getState())).toBeNull();
    computed(run, [3, 2]);
    run.setState({ report: report(0, 'no verdict') });
    expect(claimsOf(run.getState())).toEqual({ step: 2, loss: 2 });
    run.setState({
      report: report(2, 'healthy'),
      engine: {
        name: 'tfjs',
        badge: 'TF.js wasm',
        backend: 'wasm',
        description: '',
        software: true,
        runsKernels: false,
        reason: '',
      },
    });
    expect(claimsOf(run.getState())).toEqual({
      step: 2,
      loss: 2,
      verdict: 'healthy',
      engine: 'tfjs',
    });
  });

  it('claims nothing of a loss that is not finite', () => {
    const run = createRunStore();
    computed(run, [3, NaN]);
    expect(claimsOf(run.getState())).toBeNull();
  });
});

describe('compareLoss', () => {
  it('allows for rounding only', () => {
    expect(compareLoss(1.005, 1, 10).holds).toBe(true);
    expect(compareLoss(1.05, 1, 10).holds).toBe(false);
    expect(compareLoss(3e-7, 1e-9, 1).holds).toBe(true);
    expect(compareLoss(0.1, 1e-9, 1).holds).toBe(false);
    expect(compareLoss(0, 0, 1)).toEqual({ holds: true, difference: 0 });
    expect(compareLoss(NaN, 1, 1).holds).toBe(false);
  });
});

describe('reproduce', () => {
  it('runs exactly the claimed steps and waits for the verdict of that step', () => {
    const { run, steps, last } = start({ step: 3, loss: 1, verdict: 'healthy' });
    expect(steps).toEqual([3]);
    run.setState({ state: 'running' });
    computed(run, [4, 2, 1.001]);
    run.setState({ step: 3, state: 'paused', report: report(0, 'complete collapse') });
    expect(last()).toMatchObject({ status: 'running', step: 3 });
    run.setState({ report: report(3, 'healthy') });
    expect(last()).toMatchObject({ status: 'done', holds: true, loss: 1.001, verdict: 'healthy' });
    run.setState({ state: 'running' });
    expect(last()).toMatchObject({ status: 'done' });
  });

  it('says when the numbers or the verdict are others', () => {
    const other = start({ step: 1, loss: 1 });
    computed(other.run, [4]);
    other.run.setState({ step: 1, state: 'paused' });
    expect(other.last()).toMatchObject({ status: 'done', holds: false, difference: 0.75 });

    const judged = start({ step: 1, loss: 1, verdict: 'healthy' });
    computed(judged.run, [1]);
    judged.run.setState({ step: 1, state: 'paused', report: report(1, 'complete collapse') });
    expect(judged.last()).toMatchObject({ status: 'done', holds: false });
  });

  it('goes on when the run ends before the claimed step', () => {
    const { run, steps, last } = start({ step: 5, loss: 1 });
    computed(run, [3, 2, 2]);
    run.setState({ step: 3, state: 'done' });
    expect(steps).toEqual([5, 2]);
    run.setState({ state: 'running' });
    computed(run, [1, 1], 3);
    run.setState({ step: 5, state: 'done' });
    expect(last()).toMatchObject({ status: 'done', holds: true });
  });

  it('ends when the run fails, and when it is called off', () => {
    const failed = start({ step: 3, loss: 1 });
    failed.run.setState({ state: 'running' });
    failed.run.setState({ state: 'failed', step: 2 });
    expect(failed.last()).toMatchObject({ status: 'failed', step: 2 });

    const off = start({ step: 1, loss: 1 });
    off.stop();
    computed(off.run, [1]);
    off.run.setState({ step: 1, state: 'paused' });
    expect(off.last()).toMatchObject({ status: 'running' });
  });

  it('runs nothing for a claim of step 0', () => {
    const { steps, last } = start({ step: 0, loss: 1 });
    expect(steps).toEqual([]);
    expect(last()).toBeUndefined();
  });
});

describe('runAgain', () => {
  function again(steps: number) {
    const run = createRunStore();
    const asked: string[] = [];
    const ends: boolean[] = [];
    runAgain(
      run,
      {
        runSteps: (count) => void asked.push(`run ${count}`),
        step: (count = 1) => void asked.push(`step ${count}`),
      },
      steps,
      (isDone) => ends.push(isDone),
    );
    return { run, asked, ends };
  }

  it('ends when the steps are done and judged', () => {
    const { run, asked, ends } = again(3);
    expect(asked).toEqual(['run 3']);
    run.setState({ state: 'paused', step: 0, report: report(0, 'no verdict') });
    run.setState({ state: 'running' });
    run.setState({ state: 'paused', step: 3 });
    expect(ends).toEqual([]);
    run.setState({ report: report(3, 'healthy') });
    run.setState({ state: 'running' });
    expect(ends).toEqual([true]);
  });

  it('goes on beyond the steps of the document, and says when the run is stopped', () => {
    const { run, asked, ends } = again(5);
    run.setState({ state: 'done', step: 3 });
    expect(asked).toEqual(['run 5', 'step 2']);
    run.setState({ state: 'idle' });
    expect(ends).toEqual([false]);
  });
});
