import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { inertia, kMeans } from '../../oracles/kMeans';
import { above, atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { energiesOf, pointsOf } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

export const kmeans: TemplateClaims = {
  slug: 'kmeans',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('inertia of training points by Lloyd’s best of ten', atMost(1.05), (runs) =>
      relativeInertia(runs, 'train'),
    ),
    claim('inertia of held-out points by that of Lloyd’s centres', atMost(1.05), (runs) =>
      relativeInertia(runs, 'heldOut'),
    ),
    claim('|mean F − mean squared distance to the nearest centre|', below(1e-4), energyError),
    claim('inertia by Lloyd’s best with eight clusters apart', above(1.5), (runs) =>
      relativeInertia(runs, 'train', { experiment: 'eight-clusters' }),
    ),
  ],
};

/** Of the centres that were learned, by that of Lloyd's, which see the training points. */
async function relativeInertia(
  runs: TemplateRuns,
  split: 'train' | 'heldOut',
  change?: Change,
): Promise<number> {
  const trained = await runs.trained(change);
  const learned = await centresOf(runs, change);
  const train = await pointsOf(trained, { split: 'train' });
  const rows = split === 'train' ? train : await pointsOf(trained);
  return inertia(rows, learned) / inertia(rows, kMeans(train, learned.rows).centres);
}

async function centresOf(runs: TemplateRuns, change?: Change): Promise<Matrix> {
  const { state } = await runs.trained(change);
  const weights = Array.from(defined(state.get('centres.weight'), 'the centres'));
  return Matrix.from1DArray(weights.length / 2, 2, weights);
}

/** Inference against a search of all centres, on held-out points. */
async function energyError(runs: TemplateRuns): Promise<number> {
  const trained = await runs.trained();
  const rows = await pointsOf(trained);
  const energies = await energiesOf(trained, 'energy');
  const mean = energies.reduce((a, b) => a + b, 0) / energies.length;
  return Math.abs(mean - inertia(rows, await centresOf(runs)) / rows.rows);
}
