import type { TemplateClaims } from '../claim';
import { hJepa } from './hJepa';
import { jepa } from './jepa';
import { jointEmbeddingCollapse } from './jointEmbeddingCollapse';
import { parabola } from './parabola';
import { variationalAutoencoder } from './variationalAutoencoder';
import { vicreg } from './vicreg';

/** What each template shows, in the order of the folders. One line a template. */
export const SHOWS: readonly TemplateClaims[] = [
  hJepa,
  jepa,
  jointEmbeddingCollapse,
  parabola,
  variationalAutoencoder,
  vicreg,
];
