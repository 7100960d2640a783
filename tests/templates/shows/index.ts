import type { TemplateClaims } from '../claim';
import { boltzmannMachine } from './boltzmannMachine';
import { bottleneckAutoencoder } from './bottleneckAutoencoder';
import { denoisingAutoencoder } from './denoisingAutoencoder';
import { ellipse } from './ellipse';
import { gaussianMixture } from './gaussianMixture';
import { hJepa } from './hJepa';
import { hopfield } from './hopfield';
import { infonce } from './infonce';
import { jepa } from './jepa';
import { jointEmbeddingCollapse } from './jointEmbeddingCollapse';
import { kmeans } from './kmeans';
import { maskedAutoencoder } from './maskedAutoencoder';
import { normalizingFlow } from './normalizingFlow';
import { parabola } from './parabola';
import { pca } from './pca';
import { restrictedBoltzmannMachine } from './restrictedBoltzmannMachine';
import { sparseCoding } from './sparseCoding';
import { variationalAutoencoder } from './variationalAutoencoder';
import { vicreg } from './vicreg';

/** What each template shows, in the order of the folders. One line a template. */
export const SHOWS: readonly TemplateClaims[] = [
  boltzmannMachine,
  bottleneckAutoencoder,
  denoisingAutoencoder,
  ellipse,
  gaussianMixture,
  hJepa,
  hopfield,
  infonce,
  jepa,
  jointEmbeddingCollapse,
  kmeans,
  maskedAutoencoder,
  normalizingFlow,
  parabola,
  pca,
  restrictedBoltzmannMachine,
  sparseCoding,
  variationalAutoencoder,
  vicreg,
];
