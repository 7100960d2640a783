import { above, atLeast, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';

export const infonce: TemplateClaims = {
  slug: 'infonce',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('kNN of the encoder', atLeast(0.93), async (runs) => {
      const { knn } = await runs.labels();
      return knn['encoderA.out'] ?? NaN;
    }),
    claim('linear probe of the encoder above the untrained one', above(0), async (runs) => {
      const probe = (await runs.labels()).linearProbe['encoderA.out'];
      return probe ? probe.accuracy - probe.randomInitialisation : NaN;
    }),
  ],
};
