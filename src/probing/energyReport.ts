import type { WatchedEnergy } from '../compiler/programs/compiled';
import type { EnergyReport } from './report';
import { ENERGY_EVIDENCE, ENERGY_STATISTICS } from './statistics';
import { computeEvidence } from './statistics/evidence';
import { measureEnergy, type EnergyArrays } from './statistics/measuredEnergy';
import { computeStatistics } from './statistics/statistic';
import { judgeEnergy, type EnergyCase } from './verdicts/energyRules';

/** What judging needs beside the values. */
export type EnergyContext = Pick<EnergyCase, 'steps' | 'initial' | 'representations'>;

/** Statistics and verdict of one energy on held-out samples. */
export function energyReport(
  {
    label,
    contrast,
    isCompared,
    hasOwnSamples,
  }: Pick<WatchedEnergy, 'label' | 'contrast' | 'isCompared' | 'hasOwnSamples'>,
  arrays: EnergyArrays,
  context: EnergyContext,
): EnergyReport {
  const measured = measureEnergy(arrays);
  const statistics = computeStatistics(ENERGY_STATISTICS, measured);
  return {
    label,
    ...statistics,
    ...computeEvidence(ENERGY_EVIDENCE, measured),
    ...judgeEnergy({ ...context, contrast, isCompared, hasOwnSamples, statistics, measured }),
  };
}
