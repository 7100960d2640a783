import type { TemplateClaims } from '../claim';
import { bottleneckAutoencoder } from './bottleneckAutoencoder';
import { denoisingAutoencoder } from './denoisingAutoencoder';
import { ellipse } from './ellipse';
import { energyGan } from './energyGan';
import { hJepa } from './hJepa';
import { infonce } from './infonce';
import { jepa } from './jepa';
import { jointEmbeddingCollapse } from './jointEmbeddingCollapse';
import { langevinNll } from './langevinNll';
import { maskedAutoencoder } from './maskedAutoencoder';
import { normalizingFlow } from './normalizingFlow';
import { parabola } from './parabola';
import { pca } from './pca';
import { restrictedBoltzmannMachine } from './restrictedBoltzmannMachine';
import { scoreMatching } from './scoreMatching';
import { siameseHinge } from './siameseHinge';
import { variationalAutoencoder } from './variationalAutoencoder';
import { vicreg } from './vicreg';

/** What each template shows, in the order of the folders. One line a template. */
export const SHOWS: readonly TemplateClaims[] = [
  bottleneckAutoencoder,
  denoisingAutoencoder,
  ellipse,
  energyGan,
  hJepa,
  infonce,
  jepa,
  jointEmbeddingCollapse,
  langevinNll,
  maskedAutoencoder,
  normalizingFlow,
  parabola,
  pca,
  restrictedBoltzmannMachine,
  scoreMatching,
  siameseHinge,
  variationalAutoencoder,
  vicreg,
];
