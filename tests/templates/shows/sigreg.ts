import { asExpected } from '../asExpected';
import { above, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { digitProbeClaims } from '../probeClaims';

export const sigreg: TemplateClaims = {
  slug: 'sigreg',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...digitProbeClaims('encoderA.out'),
    claim('mean std of the projector', above(0.5), async (runs) => {
      const { reps } = await runs.report();
      return reps['projectorA.out']?.meanStd ?? NaN;
    }),
    asExpected('without-sigreg'),
  ],
};
