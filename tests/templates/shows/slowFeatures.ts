import { asExpected } from '../asExpected';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { scoresOf } from '../probeScores';
import type { Change } from '../templateRuns';

const CHANGING: Change = { experiment: 'changing-background' };
const PLAIN: Change = { experiment: 'no-background' };

export const slowFeatures: TemplateClaims = {
  slug: 'slow-features',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('R² of the position, background that stays', below(0.4), async (runs) => {
      const { trained } = await scoresOf(runs, 'position');
      return trained;
    }),
    claim('the same below that from the untrained encoder', above(0.1), async (runs) => {
      const { trained, untrained } = await scoresOf(runs, 'position');
      return untrained - trained;
    }),
    claim('R² of the position, background that changes', atLeast(0.9), async (runs) => {
      const { trained } = await scoresOf(runs, 'position', CHANGING);
      return trained;
    }),
    asExpected('changing-background'),
    claim('R² of the position, no background', atLeast(0.9), async (runs) => {
      const { trained } = await scoresOf(runs, 'position', PLAIN);
      return trained;
    }),
    asExpected('without-vicreg'),
  ],
};
