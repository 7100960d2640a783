import type { NodeDefinition } from '../src/graph/nodeDefinition';
import { createRegistry } from '../src/graph/registry';
import { dataDigits } from './data/digits/definition';
import { dataDraw } from './data/draw/definition';
import { dataImages } from './data/images/definition';
import { dataMnist } from './data/mnist/definition';
import { dataMovingDots } from './data/movingDots/definition';
import { dataPatterns } from './data/patterns/definition';
import { dataPoints } from './data/points/definition';
import { dataTable } from './data/table/definition';
import { dataTwoRooms } from './data/twoRooms/definition';
import { energyBilinear } from './energy/bilinear/definition';
import { energyBoltzmann } from './energy/boltzmann/definition';
import { energyCosine } from './energy/cosine/definition';
import { energyCrossEntropy } from './energy/crossEntropy/definition';
import { energyEllipse } from './energy/ellipse/definition';
import { energyGaussian } from './energy/gaussian/definition';
import { energyHopfield } from './energy/hopfield/definition';
import { energyL1 } from './energy/l1/definition';
import { energyRbm } from './energy/rbm/definition';
import { energyScalar } from './energy/scalar/definition';
import { energySmoothL1 } from './energy/smoothL1/definition';
import { energySquared } from './energy/squared/definition';
import { latentAngle } from './latent/angle/definition';
import { latentContinuous } from './latent/continuous/definition';
import { latentDiscrete } from './latent/discrete/definition';
import { latentGaussian } from './latent/gaussian/definition';
import { lossAdversarial } from './loss/adversarial/definition';
import { lossEnergy } from './loss/energy/definition';
import { lossHinge } from './loss/hinge/definition';
import { lossInfoNCE } from './loss/infoNCE/definition';
import { lossLogistic } from './loss/logistic/definition';
import { lossNll } from './loss/nll/definition';
import { lossScoreMatching } from './loss/scoreMatching/definition';
import { lossSquareSquare } from './loss/squareSquare/definition';
import { moduleConv } from './module/conv/definition';
import { moduleDeconv } from './module/deconv/definition';
import { moduleFlow } from './module/flow/definition';
import { moduleGru } from './module/gru/definition';
import { moduleLinear } from './module/linear/definition';
import { moduleMlp } from './module/mlp/definition';
import { moduleRollout } from './module/rollout/definition';
import { moduleTable } from './module/table/definition';
import { moduleTransformer } from './module/transformer/definition';
import { negativeGenerator } from './negative/generator/definition';
import { negativeGibbs } from './negative/gibbs/definition';
import { negativeHardest } from './negative/hardest/definition';
import { negativeLangevin } from './negative/langevin/definition';
import { negativeNoise } from './negative/noise/definition';
import { negativeShuffle } from './negative/shuffle/definition';
import { note } from './note/note/definition';
import { opAdd } from './op/add/definition';
import { opConcat } from './op/concat/definition';
import { opFlatten } from './op/flatten/definition';
import { opFrame } from './op/frame/definition';
import { opPool } from './op/pool/definition';
import { opReshape } from './op/reshape/definition';
import { opSlice } from './op/slice/definition';
import { opStandardize } from './op/standardize/definition';
import { opStopGradient } from './op/stopGradient/definition';
import { opWindow } from './op/window/definition';
import { probeHistogram } from './probe/histogram/definition';
import { probeKnn } from './probe/knn/definition';
import { probeLinear } from './probe/linear/definition';
import { probeView } from './probe/view/definition';
import { regBarlow } from './reg/barlow/definition';
import { regCovariance } from './reg/covariance/definition';
import { regInverseDynamics } from './reg/inverseDynamics/definition';
import { regKl } from './reg/kl/definition';
import { regL1 } from './reg/l1/definition';
import { regL2 } from './reg/l2/definition';
import { regSigreg } from './reg/sigreg/definition';
import { regTemporal } from './reg/temporal/definition';
import { regUniformity } from './reg/uniformity/definition';
import { regVariance } from './reg/variance/definition';
import { regVicreg } from './reg/vicreg/definition';
import { viewCrop } from './view/crop/definition';
import { viewCutout } from './view/cutout/definition';
import { viewDropout } from './view/dropout/definition';
import { viewGain } from './view/gain/definition';
import { viewMask } from './view/mask/definition';
import { viewNoise } from './view/noise/definition';
import { viewShift } from './view/shift/definition';
import { weightsEma } from './weights/ema/definition';
import { weightsTie } from './weights/tie/definition';
import { nodeRoles } from './roles';

/** Every node kind, in the order of the palette. One line a kind. */
export const nodeDefinitions: readonly NodeDefinition[] = [
  dataDigits,
  dataMnist,
  dataTable,
  dataImages,
  dataDraw,
  dataPoints,
  dataMovingDots,
  dataTwoRooms,
  dataPatterns,
  viewNoise,
  viewShift,
  viewCrop,
  viewDropout,
  viewMask,
  viewCutout,
  viewGain,
  moduleMlp,
  moduleLinear,
  moduleConv,
  moduleDeconv,
  moduleTransformer,
  moduleGru,
  moduleRollout,
  moduleTable,
  moduleFlow,
  latentContinuous,
  latentDiscrete,
  latentAngle,
  latentGaussian,
  energySquared,
  energyL1,
  energySmoothL1,
  energyCosine,
  energyCrossEntropy,
  energyBilinear,
  energyScalar,
  energyEllipse,
  energyGaussian,
  energyHopfield,
  energyRbm,
  energyBoltzmann,
  regVicreg,
  regVariance,
  regCovariance,
  regBarlow,
  regSigreg,
  regUniformity,
  regL1,
  regL2,
  regKl,
  regTemporal,
  regInverseDynamics,
  lossInfoNCE,
  lossEnergy,
  lossHinge,
  lossSquareSquare,
  lossLogistic,
  lossNll,
  lossScoreMatching,
  lossAdversarial,
  negativeShuffle,
  negativeNoise,
  negativeHardest,
  negativeLangevin,
  negativeGibbs,
  negativeGenerator,
  opConcat,
  opAdd,
  opFlatten,
  opReshape,
  opFrame,
  opSlice,
  opPool,
  opWindow,
  opStandardize,
  opStopGradient,
  weightsTie,
  weightsEma,
  probeLinear,
  probeKnn,
  probeView,
  probeHistogram,
  note,
];

export const registry = createRegistry(nodeDefinitions, nodeRoles);
