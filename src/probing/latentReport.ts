import type { WatchedLatent } from '../compiler/programs/compiled';
import type { EnergyReport, LatentReport } from './report';
import { LATENT_EVIDENCE, LATENT_STATISTICS } from './statistics';
import { computeEvidence } from './statistics/evidence';
import { measureLatent, type LatentArrays } from './statistics/measuredLatent';
import { computeStatistics } from './statistics/statistic';

/** What a latent carries on held-out samples; `energies`: the reports on those that it enters. */
export function latentReport(
  { label, rows, dim, isCode }: Pick<WatchedLatent, 'label' | 'rows' | 'dim' | 'isCode'>,
  arrays: Pick<LatentArrays, 'values' | 'posterior'>,
  energies: readonly Pick<EnergyReport, 'gap' | 'latentRise'>[],
): LatentReport {
  const measured = measureLatent({ rows, dim, isCode, ...arrays, energies });
  return {
    label,
    ...computeStatistics(LATENT_STATISTICS, measured),
    ...computeEvidence(LATENT_EVIDENCE, measured),
  };
}
