import { asExpected } from '../asExpected';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';

export const jepaAmortized: TemplateClaims = {
  slug: 'jepa-amortized',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('gap of the prediction error', above(0.2), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
    claim('dimensions of z that are used', atLeast(3), async (runs) => {
      const { latents } = await runs.report();
      return latents.z?.used ?? NaN;
    }),
    claim('leak of z', below(1 / 1.1), async (runs) => {
      const { latents } = await runs.report();
      return latents.z?.leak ?? NaN;
    }),
    claim('kNN of Encoder x', atLeast(0.85), async (runs) => {
      const { knn } = await runs.labels();
      return knn['encoderX.out'] ?? NaN;
    }),
    asExpected('free-latent'),
    asExpected('without-vicreg'),
  ],
};
