import { asExpected } from '../asExpected';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const WITHOUT_COVARIANCE: Change = { experiment: 'without-covariance' };

export const vicreg: TemplateClaims = {
  slug: 'vicreg',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('last loss by the first', below(0.5), async (runs) => {
      const { losses } = await runs.trained();
      return (losses.at(-1) ?? NaN) / (losses[0] ?? NaN);
    }),
    claim('mean std of the expander', above(0.5), (runs) => expanderStd(runs)),
    claim('effective rank of the expander', above(6), async (runs) => {
      const { reps } = await runs.report();
      return reps['expanderA.out']?.effectiveRank ?? NaN;
    }),
    claim('gap of the invariance', above(0.5), async (runs) => {
      const { energies } = await runs.report();
      return energies.invariance?.gap ?? NaN;
    }),
    claim('kNN of the encoder', atLeast(0.85), async (runs) => {
      const { knn } = await runs.labels();
      return knn['encoderA.out'] ?? NaN;
    }),
    asExpected('without-covariance'),
    claim('without covariance: mean std of the expander', above(0.5), (runs) =>
      expanderStd(runs, WITHOUT_COVARIANCE),
    ),
    asExpected('without-vicreg'),
  ],
};

async function expanderStd(runs: TemplateRuns, change?: Change): Promise<number> {
  const { reps } = await runs.report(change);
  return reps['expanderA.out']?.meanStd ?? NaN;
}
