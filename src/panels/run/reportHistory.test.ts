import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../probing/report';
import { ReportHistory } from './reportHistory';

const report = (step: number): ProbeReport => ({
  step,
  reps: {},
  energies: {},
  inference: {},
  latents: {},
  verdict: 'no verdict',
  reason: '',
  loss: 0,
  terms: {},
});

const steps = (history: ReportHistory): number[] => history.all.map(({ step }) => step);

describe('ReportHistory', () => {
  it('keeps reports in the order of their steps and replaces what a run repeats', () => {
    const history = new ReportHistory();
    for (const step of [0, 50, 100, 150, 100]) history.add(report(step));
    expect(steps(history)).toEqual([0, 50, 100]);
  });

  it('thins the older half and keeps first and latest', () => {
    const history = new ReportHistory(16);
    for (let step = 0; step < 500; step++) history.add(report(step));
    expect(history.all.length).toBeLessThanOrEqual(17);
    expect(steps(history)[0]).toBe(0);
    expect(steps(history).slice(-3)).toEqual([497, 498, 499]);
  });

  it('keeps fewer where each is large', () => {
    const history = new ReportHistory(1000, 5000);
    const large = { usage: Array.from({ length: 500 }, () => 1), divergences: null };
    const latent = { label: 'z', leak: null, used: 1, entropy: null, perplexity: null };
    const latents = { z: { ...latent, divergence: null, ...large } };
    for (let step = 0; step < 100; step++) history.add({ ...report(step), latents });
    expect(history.all.length).toBeLessThanOrEqual(10);
    expect(steps(history)[0]).toBe(0);
    expect(steps(history).at(-1)).toBe(99);
  });
});
