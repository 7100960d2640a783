import type { TemplateClaims } from '../claim';
import { barlowTwins } from './barlowTwins';
import { boltzmannMachine } from './boltzmannMachine';
import { bottleneckAutoencoder } from './bottleneckAutoencoder';
import { byol } from './byol';
import { denoisingAutoencoder } from './denoisingAutoencoder';
import { ellipse } from './ellipse';
import { energyGan } from './energyGan';
import { gaussianMixture } from './gaussianMixture';
import { hJepa } from './hJepa';
import { hopfield } from './hopfield';
import { iJepa } from './iJepa';
import { infonce } from './infonce';
import { jepa } from './jepa';
import { jepaAmortized } from './jepaAmortized';
import { jointEmbeddingCollapse } from './jointEmbeddingCollapse';
import { kmeans } from './kmeans';
import { langevinNll } from './langevinNll';
import { maeMnist } from './maeMnist';
import { maskedAutoencoder } from './maskedAutoencoder';
import { normalizingFlow } from './normalizingFlow';
import { parabola } from './parabola';
import { pca } from './pca';
import { restrictedBoltzmannMachine } from './restrictedBoltzmannMachine';
import { scoreMatching } from './scoreMatching';
import { siameseHinge } from './siameseHinge';
import { sigreg } from './sigreg';
import { simsiam } from './simsiam';
import { slowFeatures } from './slowFeatures';
import { sparseCoding } from './sparseCoding';
import { variationalAutoencoder } from './variationalAutoencoder';
import { vicreg } from './vicreg';
import { worldModel } from './worldModel';

/** What each template shows, in the order of the folders. One line a template. */
export const SHOWS: readonly TemplateClaims[] = [
  barlowTwins,
  boltzmannMachine,
  bottleneckAutoencoder,
  byol,
  denoisingAutoencoder,
  ellipse,
  energyGan,
  gaussianMixture,
  hJepa,
  hopfield,
  iJepa,
  infonce,
  jepa,
  jepaAmortized,
  jointEmbeddingCollapse,
  kmeans,
  langevinNll,
  maeMnist,
  maskedAutoencoder,
  normalizingFlow,
  parabola,
  pca,
  restrictedBoltzmannMachine,
  scoreMatching,
  siameseHinge,
  sigreg,
  simsiam,
  slowFeatures,
  sparseCoding,
  variationalAutoencoder,
  vicreg,
  worldModel,
];
