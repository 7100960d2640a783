import { bySteps } from './energy/bySteps';
import { data } from './energy/data';
import { gap } from './energy/gap';
import { latentRise } from './energy/latentRise';
import { pairs } from './energy/pairs';
import { shuffled } from './energy/shuffled';
import type { EvidenceTable, EvidenceValues } from './evidence';
import { freeEnergy } from './inference/freeEnergy';
import { gradientNorm } from './inference/gradientNorm';
import { startEnergy } from './inference/startEnergy';
import { steps } from './inference/steps';
import { tenfoldEnergy } from './inference/tenfoldEnergy';
import { divergence } from './latent/divergence';
import { divergences } from './latent/divergences';
import { entropy } from './latent/entropy';
import { leak } from './latent/leak';
import { perplexity } from './latent/perplexity';
import { usage } from './latent/usage';
import { used } from './latent/used';
import type { MeasuredEnergy } from './measuredEnergy';
import type { MeasuredInference } from './measuredInference';
import type { MeasuredLatent } from './measuredLatent';
import type { MeasuredModule } from './measuredModule';
import type { MeasuredRepresentation } from './measuredRepresentation';
import type { MeasuredTerm } from './measuredTerm';
import { gradientNorm as moduleGradientNorm } from './module/gradientNorm';
import { updateRatio } from './module/updateRatio';
import { alignment } from './representation/alignment';
import { alphaReQ } from './representation/alphaReQ';
import { coherence } from './representation/coherence';
import { correlation } from './representation/correlation';
import { deadDims } from './representation/deadDims';
import { effectiveRank } from './representation/effectiveRank';
import { effectiveRankUncentred } from './representation/effectiveRankUncentred';
import { histograms } from './representation/histograms';
import { lidar } from './representation/lidar';
import { meanStd } from './representation/meanStd';
import { minStd } from './representation/minStd';
import { neSum } from './representation/neSum';
import { participationRatio } from './representation/participationRatio';
import { spectrum } from './representation/spectrum';
import { stableRank } from './representation/stableRank';
import { uniformity } from './representation/uniformity';
import { unitRowStd } from './representation/unitRowStd';
import type { StatisticTable, StatisticValues } from './statistic';
import { gradientShare } from './term/gradientShare';

/** Of one representation, in the order in which they are shown. A statistic is a file and a line here. */
export const REPRESENTATION_STATISTICS = {
  meanStd,
  minStd,
  deadDims,
  unitRowStd,
  effectiveRank,
  effectiveRankUncentred,
  participationRatio,
  neSum,
  stableRank,
  alphaReQ,
  coherence,
  lidar,
  alignment,
  uniformity,
} satisfies StatisticTable<MeasuredRepresentation>;

/** What is drawn of one representation. */
export const REPRESENTATION_EVIDENCE = {
  spectrum,
  correlation,
  histograms,
} satisfies EvidenceTable<MeasuredRepresentation>;

/** Of one energy. */
export const ENERGY_STATISTICS = {
  data,
  shuffled,
  gap,
  latentRise,
} satisfies StatisticTable<MeasuredEnergy>;

/** What is drawn of one energy. */
export const ENERGY_EVIDENCE = { pairs, bySteps } satisfies EvidenceTable<MeasuredEnergy>;

/** Of the inference of one free variable. */
export const INFERENCE_STATISTICS = {
  steps,
  startEnergy,
  freeEnergy,
  gradientNorm,
  tenfoldEnergy,
} satisfies StatisticTable<MeasuredInference>;

/** Of one latent. */
export const LATENT_STATISTICS = {
  leak,
  used,
  entropy,
  perplexity,
  divergence,
} satisfies StatisticTable<MeasuredLatent>;

/** What is drawn of one latent. */
export const LATENT_EVIDENCE = { usage, divergences } satisfies EvidenceTable<MeasuredLatent>;

/** Of the weights of one module. */
export const MODULE_STATISTICS = {
  gradientNorm: moduleGradientNorm,
  updateRatio,
} satisfies StatisticTable<MeasuredModule>;

/** Of one term of the objective at one representation. */
export const TERM_STATISTICS = { gradientShare } satisfies StatisticTable<MeasuredTerm>;

export type RepresentationStatistics = StatisticValues<typeof REPRESENTATION_STATISTICS>;
export type RepresentationEvidence = EvidenceValues<typeof REPRESENTATION_EVIDENCE>;
export type EnergyStatistics = StatisticValues<typeof ENERGY_STATISTICS>;
export type EnergyEvidence = EvidenceValues<typeof ENERGY_EVIDENCE>;
export type InferenceStatistics = StatisticValues<typeof INFERENCE_STATISTICS>;
export type LatentStatistics = StatisticValues<typeof LATENT_STATISTICS>;
export type LatentEvidence = EvidenceValues<typeof LATENT_EVIDENCE>;
export type ModuleStatistics = StatisticValues<typeof MODULE_STATISTICS>;
export type TermStatistics = StatisticValues<typeof TERM_STATISTICS>;
