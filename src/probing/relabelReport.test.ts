import { describe, expect, it } from 'vitest';
import { overallVerdict } from './overallVerdict';
import { relabelReport } from './relabelReport';
import type { ProbeReport } from './report';
import {
  ENERGY_EVIDENCE,
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  LATENT_EVIDENCE,
  LATENT_STATISTICS,
  MODULE_STATISTICS,
  REPRESENTATION_EVIDENCE,
  REPRESENTATION_STATISTICS,
  TERM_STATISTICS,
} from './statistics';
import { unknownEvidence } from './statistics/evidence';
import { unknownStatistics } from './statistics/statistic';

const JUDGED = { verdict: 'healthy', reason: 'It spreads.' } as const;

/** What `probe` makes of one encoder, one energy and one latent that have these labels. */
function reportOf(encoder: string, energy: string, latent: string): ProbeReport {
  const rep = {
    ...unknownStatistics(REPRESENTATION_STATISTICS),
    ...unknownEvidence(REPRESENTATION_EVIDENCE),
    ...{ nodeId: 'f', port: 'out', label: encoder, dim: 4, rows: 9, ...JUDGED },
  };
  const judged = {
    ...unknownStatistics(ENERGY_STATISTICS),
    ...unknownEvidence(ENERGY_EVIDENCE),
    ...{ label: energy, ...JUDGED },
  };
  const used = {
    ...unknownStatistics(LATENT_STATISTICS),
    ...unknownEvidence(LATENT_EVIDENCE),
    label: latent,
  };
  return {
    step: 3,
    reps: { 'f.out': rep },
    energies: { d: judged },
    inference: { z: { ...unknownStatistics(INFERENCE_STATISTICS), label: latent, fall: [] } },
    latents: { z: used },
    modules: { f: { ...unknownStatistics(MODULE_STATISTICS), label: encoder } },
    gradientShares: { 'f.out': { d: { ...unknownStatistics(TERM_STATISTICS), label: energy } } },
    ...overallVerdict([rep, judged], [`${energy}: pairs are trivial.`]),
    loss: 1,
    terms: {},
  };
}

describe('relabelReport', () => {
  const report = reportOf('f', 'd', 'z');

  it('gives what a report under the new labels would say, reasons included', () => {
    const labels: Record<string, string> = { f: 'Encoder $&', d: 'Distance', z: 'Angle' };
    const renamed = relabelReport(report, (nodeId) => labels[nodeId] ?? null);
    expect(renamed).toEqual(reportOf('Encoder $&', 'Distance', 'Angle'));
    expect(renamed.reason).not.toBe(report.reason);
  });

  it('leaves a report alone whose nodes are called as before, or are gone', () => {
    expect(relabelReport(report, (nodeId) => nodeId)).toBe(report);
    expect(relabelReport(report, () => null)).toBe(report);
  });
});
