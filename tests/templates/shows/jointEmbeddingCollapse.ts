import { below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';

export const jointEmbeddingCollapse: TemplateClaims = {
  slug: 'joint-embedding-collapse',
  claims: [
    claim('lint', is('lint.joint-embedding-collapse'), codesOf()),
    claim('verdict', is('complete collapse'), async (runs) => (await runs.report()).verdict),
    claim('last loss by the first', below(0.01), async (runs) => {
      const { losses } = await runs.trained();
      return (losses.at(-1) ?? NaN) / (losses[0] ?? NaN);
    }),
    claim('mean std of Encoder A', below(0.01), async (runs) => {
      const { reps } = await runs.report();
      return reps['encoderA.out']?.meanStd ?? NaN;
    }),
    claim('gap of the energy', below(1e-3), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
  ],
};
