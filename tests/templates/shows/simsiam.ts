import { asExpected } from '../asExpected';
import { is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { digitProbeClaims } from '../probeClaims';

export const simsiam: TemplateClaims = {
  slug: 'simsiam',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...digitProbeClaims('encoderA.out'),
    asExpected('no-stop-gradient'),
    asExpected('no-predictor'),
    asExpected('no-batch-norm'),
  ],
};
