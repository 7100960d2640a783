import type { NodeDefinition } from '../src/graph/nodeDefinition';
import { dataDigits } from './data/digits/definition';
import { energySquared } from './energy/squared/definition';
import { latentContinuous } from './latent/continuous/definition';
import { moduleMlp } from './module/mlp/definition';
import { regL2 } from './reg/l2/definition';
import { regVicreg } from './reg/vicreg/definition';
import { viewDropout } from './view/dropout/definition';

/** The kinds of the template that a first visit sees. The others come with the palette. */
export const firstKinds: readonly NodeDefinition[] = [
  dataDigits,
  viewDropout,
  moduleMlp,
  latentContinuous,
  energySquared,
  regL2,
  regVicreg,
];
