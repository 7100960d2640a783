import { above, atLeast, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';

export const siameseHinge: TemplateClaims = {
  slug: 'siamese-hinge',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('kNN of the encoder', atLeast(0.9), async (runs) => {
      const { knn } = await runs.labels();
      return knn['encoderA.out'] ?? NaN;
    }),
    claim('gap of the energy', above(0.5), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
  ],
};
