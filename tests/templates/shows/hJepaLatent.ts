import type { Matrix } from 'ml-matrix';
import { above, atLeast, below, is, reported } from '../bar';
import { claim, type Claim } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import type { Change, TemplateRuns } from '../templateRuns';
import { inferenceOf } from '../trainTemplate';

/** Whether inference looks for z₂, or it stays where it rests: at zero, which is what the free rollout gets. */
type Latent = 'found' | 'at rest';

const ALWAYS_GIVEN: Change = { experiment: 'always-given' };

/** Mean squared error of level 2 one step on by the variance of what it predicts, on held-out sequences. */
async function errorShare(
  runs: TemplateRuns,
  latent: Latent,
  change: Change = {},
): Promise<number> {
  const values = await evaluateTrained(
    await runs.trained(change),
    ['predictor2.states', 'next2.out'],
    { set: latent === 'found' ? [] : ['z2.evaluationSteps=0'] },
  );
  const truth = values['next2.out'];
  return meanSquare(truth.clone().sub(values['predictor2.states'])) / meanSquare(centred(truth));
}

function centred(matrix: Matrix): Matrix {
  return matrix.clone().subRowVector(matrix.mean('column'));
}

function meanSquare(matrix: Matrix): number {
  return matrix.norm('frobenius') ** 2 / (matrix.rows * matrix.columns);
}

/** What the latent of level 2 carries, and how far its predictor leans on it. */
export const LATENT_OF_LEVEL2: readonly Claim[] = [
  claim('dimensions of z₂ that are used', is('2'), async (runs) => {
    const { latents } = await runs.report();
    return String(latents['z2']?.used);
  }),
  claim('leak of z₂', below(0.1), async (runs) => {
    const { latents } = await runs.report();
    return latents['z2']?.leak ?? NaN;
  }),
  claim('F of z₂ after ten times the steps by F', atLeast(0.98), async (runs) => {
    const found = await inferenceOf(await runs.trained(), 'z2', {});
    return found.tenfoldEnergy / found.freeEnergy;
  }),
  claim('error of level 2 by variance, z₂ found', reported, (runs) => errorShare(runs, 'found')),
  claim('error of level 2 by variance, z₂ at rest', below(0.02), (runs) =>
    errorShare(runs, 'at rest'),
  ),
  claim('the first by the second', below(0.9), async (runs) => {
    return (await errorShare(runs, 'found')) / (await errorShare(runs, 'at rest'));
  }),
];

/** Where z₂ is never left out, in training, the prediction at rest is worse. */
export const LATENT_ALWAYS_GIVEN: readonly Claim[] = [
  claim('z₂ always given: error by variance, z₂ found', reported, (runs) =>
    errorShare(runs, 'found', ALWAYS_GIVEN),
  ),
  claim('z₂ always given: error by variance, z₂ at rest', reported, (runs) =>
    errorShare(runs, 'at rest', ALWAYS_GIVEN),
  ),
  claim('z₂ always given: at rest by that of the template', above(1.5), async (runs) => {
    const given = await errorShare(runs, 'at rest', ALWAYS_GIVEN);
    return given / (await errorShare(runs, 'at rest'));
  }),
];
