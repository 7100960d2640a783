import { data } from './energy/data';
import { gap } from './energy/gap';
import { latentRise } from './energy/latentRise';
import { shuffled } from './energy/shuffled';
import { freeEnergy } from './inference/freeEnergy';
import { gradientNorm } from './inference/gradientNorm';
import { startEnergy } from './inference/startEnergy';
import { steps } from './inference/steps';
import { tenfoldEnergy } from './inference/tenfoldEnergy';
import type { MeasuredEnergy } from './measuredEnergy';
import type { MeasuredInference } from './measuredInference';
import type { MeasuredRepresentation } from './measuredRepresentation';
import { deadDims } from './representation/deadDims';
import { effectiveRank } from './representation/effectiveRank';
import { effectiveRankUncentred } from './representation/effectiveRankUncentred';
import { meanStd } from './representation/meanStd';
import { minStd } from './representation/minStd';
import { participationRatio } from './representation/participationRatio';
import { unitRowStd } from './representation/unitRowStd';
import type { StatisticTable, StatisticValues } from './statistic';

/** Of one representation, in the order in which they are shown. A statistic is a file and a line here. */
export const REPRESENTATION_STATISTICS = {
  meanStd,
  minStd,
  deadDims,
  unitRowStd,
  effectiveRank,
  effectiveRankUncentred,
  participationRatio,
} satisfies StatisticTable<MeasuredRepresentation>;

/** Of one energy. */
export const ENERGY_STATISTICS = {
  data,
  shuffled,
  gap,
  latentRise,
} satisfies StatisticTable<MeasuredEnergy>;

/** Of the inference of one free variable. */
export const INFERENCE_STATISTICS = {
  steps,
  startEnergy,
  freeEnergy,
  gradientNorm,
  tenfoldEnergy,
} satisfies StatisticTable<MeasuredInference>;

export type RepresentationStatistics = StatisticValues<typeof REPRESENTATION_STATISTICS>;
export type EnergyStatistics = StatisticValues<typeof ENERGY_STATISTICS>;
export type InferenceStatistics = StatisticValues<typeof INFERENCE_STATISTICS>;
