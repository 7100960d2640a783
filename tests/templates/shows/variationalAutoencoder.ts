import {
  linearGaussianLogLikelihood,
  meanSquaredDistance,
  principalComponents,
} from '../../oracles/principalComponents';
import { digitPixels } from '../../oracles/digits';
import { above, atLeast, below, is, reported } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const LATENTS = 8;
const PIXELS = 64;
/** The reconstruction counts 10 times ‖x − x̂‖², which is ‖x − x̂‖²/(2σ²) of pixels with Gaussian noise. */
const NOISE_VARIANCE = 1 / (2 * 10);

export const variationalAutoencoder: TemplateClaims = {
  slug: 'variational-autoencoder',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('last loss by the first', below(1 / 3), async (runs) => {
      const { losses } = await runs.trained();
      return (losses.at(-1) ?? NaN) / (losses[0] ?? NaN);
    }),
    // Blends of two digits, encoded and decoded as the digits are, fit it clearly less.
    claim('gap of the reconstruction', above(0.3), async (runs) => {
      const { energies } = await runs.report();
      return energies.reconstruction?.gap ?? NaN;
    }),
    claim('dimensions of z with a divergence above 0.1', atLeast(2), async (runs) => {
      const divergences = await divergencesOf(runs);
      return divergences.filter((kl) => kl > 0.1).length;
    }),
    claim('ELBO less the evidence of the best linear decoder, in nats', above(0), async (runs) => {
      const components = principalComponents(digitPixels('train'), LATENTS);
      const rows = digitPixels('heldOut');
      const linear = linearGaussianLogLikelihood(components, NOISE_VARIANCE, rows);
      return (await evidenceBound(runs)) - linear;
    }),
    claim('ELBO on held-out digits, in nats', reported, evidenceBound),
  ],
};

/** Mean over held-out digits of the divergence of each dimension from N(0, 1). */
async function divergencesOf(runs: TemplateRuns): Promise<number[]> {
  const evaluated = await evaluateTrained(await runs.trained(), ['mean.out', 'logVariance.out']);
  const mean = evaluated['mean.out'];
  const logVariance = evaluated['logVariance.out'];
  return Array.from({ length: LATENTS }, (_, d) => {
    const logVariances = logVariance.getColumn(d);
    const terms = mean.getColumn(d).map((m, row) => {
      const v = logVariances[row] ?? NaN;
      return 0.5 * (Math.exp(v) + m * m - 1 - v);
    });
    return terms.reduce((a, b) => a + b, 0) / terms.length;
  });
}

/** E_q log N(x; x̂, σ²) − KL, from one sample of z for each held-out digit. */
async function evidenceBound(runs: TemplateRuns): Promise<number> {
  const evaluated = await evaluateTrained(await runs.trained(), ['decoder.out'], {
    set: ['z.inEvaluation=sample'],
  });
  const squares = meanSquaredDistance(evaluated['decoder.out'], digitPixels('heldOut'));
  const reconstruction =
    squares / (2 * NOISE_VARIANCE) + (PIXELS / 2) * Math.log(2 * Math.PI * NOISE_VARIANCE);
  const divergence = (await divergencesOf(runs)).reduce((a, b) => a + b, 0);
  return -reconstruction - divergence;
}
