import type { TemplateClaims } from '../claim';
import { bottleneckAutoencoder } from './bottleneckAutoencoder';
import { denoisingAutoencoder } from './denoisingAutoencoder';
import { ellipse } from './ellipse';
import { gaussianMixture } from './gaussianMixture';
import { hJepa } from './hJepa';
import { jepa } from './jepa';
import { jointEmbeddingCollapse } from './jointEmbeddingCollapse';
import { kmeans } from './kmeans';
import { parabola } from './parabola';
import { pca } from './pca';
import { variationalAutoencoder } from './variationalAutoencoder';
import { vicreg } from './vicreg';

/** What each template shows, in the order of the folders. One line a template. */
export const SHOWS: readonly TemplateClaims[] = [
  bottleneckAutoencoder,
  denoisingAutoencoder,
  ellipse,
  gaussianMixture,
  hJepa,
  jepa,
  jointEmbeddingCollapse,
  kmeans,
  parabola,
  pca,
  variationalAutoencoder,
  vicreg,
];
