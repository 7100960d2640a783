import { asExpected } from '../asExpected';
import { above, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { digitProbeClaims } from '../probeClaims';
import type { Change } from '../templateRuns';

export const barlowTwins: TemplateClaims = {
  slug: 'barlow-twins',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...digitProbeClaims('encoderA.out'),
    claim('effective rank of the projector', above(10), async (runs) => {
      const { reps } = await runs.report();
      return reps['projectorA.out']?.effectiveRank ?? NaN;
    }),
    claim('without λ: effective rank of the projector by that', below(0.5), async (runs) => {
      const rank = async (change: Change) => {
        const { reps } = await runs.report(change);
        return reps['projectorA.out']?.effectiveRank ?? NaN;
      };
      return (await rank({ experiment: 'no-redundancy', steps: 600 })) / (await rank({}));
    }),
    asExpected('squared-distance'),
  ],
};
