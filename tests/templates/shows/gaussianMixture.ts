import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { fitMixture, meanLogLikelihood, type GaussianMixture } from '../../oracles/gaussianMixture';
import { below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { energiesOf, pointsOf } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const COMPONENTS = 4;
/** What the energy leaves out for points in the plane: (D/2) log 2π. */
const CONSTANT = Math.log(2 * Math.PI);

export const gaussianMixture: TemplateClaims = {
  slug: 'gaussian-mixture',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('log-likelihood of EM less that learned, training points, in nats', below(0.05), (runs) =>
      shortfall(runs, 'train', COMPONENTS),
    ),
    claim('the same on held-out points', below(0.05), (runs) =>
      shortfall(runs, 'heldOut', COMPONENTS),
    ),
    claim('|log-likelihood + mean F + log 2π| on held-out points', below(1e-4), async (runs) => {
      const rows = await pointsOf(await runs.trained());
      const written = meanLogLikelihood(await learnedMixture(runs), rows);
      return Math.abs((await logLikelihood(runs, 'heldOut')) - written);
    }),
    // Components that start alike stay alike.
    claim(
      '|log-likelihood − that of one Gaussian| when all means start at 0',
      below(0.02),
      (runs) => shortfall(runs, 'train', 1, { experiment: 'one-place', steps: 400 }).then(Math.abs),
    ),
  ],
};

/** Of the mean log-likelihood of what was learned, behind that of a mixture fitted to the training points by EM. */
async function shortfall(
  runs: TemplateRuns,
  split: 'train' | 'heldOut',
  components: number,
  change?: Change,
): Promise<number> {
  const trained = await runs.trained(change);
  const train = await pointsOf(trained, { split: 'train' });
  const rows = split === 'train' ? train : await pointsOf(trained);
  const best = meanLogLikelihood(fitMixture(train, components), rows);
  return best - (await logLikelihood(runs, split, change));
}

/** Mean over points of log p(y) = −F(y) − log 2π. */
async function logLikelihood(
  runs: TemplateRuns,
  split: 'train' | 'heldOut',
  change?: Change,
): Promise<number> {
  const energies = await energiesOf(await runs.trained(change), 'mixture', { split });
  return -energies.reduce((a, b) => a + b, 0) / energies.length - CONSTANT;
}

async function learnedMixture(runs: TemplateRuns): Promise<GaussianMixture> {
  const { state } = await runs.trained();
  const weights = (name: string): number[] =>
    Array.from(defined(state.get(`mixture.${name}`), name));
  const perComponent = (values: readonly number[]): Matrix =>
    Matrix.from1DArray(COMPONENTS, 2, [...values]);
  const shares = weights('logits').map(Math.exp);
  const total = shares.reduce((a, b) => a + b, 0);
  return {
    weights: shares.map((share) => share / total),
    means: perComponent(weights('mean')),
    variances: perComponent(weights('logDeviation').map((value) => Math.exp(2 * value))),
  };
}
