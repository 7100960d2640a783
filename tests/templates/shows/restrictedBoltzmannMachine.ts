import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { digitPixels } from '../../oracles/digits';
import {
  pseudoLogLikelihood,
  SCIKIT_LEARN_PSEUDO_LOG_LIKELIHOOD,
  type RestrictedBoltzmannMachine,
} from '../../oracles/restrictedBoltzmannMachine';
import { above, atLeast, atMost, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const PIXELS = 64;
const HIDDEN = 64;
/** Of the recorded run of scikit-learn. */
const PASSES = 200;

export const restrictedBoltzmannMachine: TemplateClaims = {
  slug: 'restricted-boltzmann-machine',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('passes over the training digits', atMost(PASSES), async (runs) => {
      const { document, step } = await runs.trained();
      return (step * document.training.batchSize) / digitPixels('train').rows;
    }),
    claim(
      'pseudo-log-likelihood of held-out digits, in nats',
      atLeast(SCIKIT_LEARN_PSEUDO_LOG_LIKELIHOOD),
      async (runs) => pseudoLogLikelihood(await machine(runs), binaryDigits('heldOut')),
    ),
    claim('nats above that of pixels on their own', above(10), async (runs) => {
      const digits = binaryDigits('heldOut');
      return (
        pseudoLogLikelihood(await machine(runs), digits) -
        pseudoLogLikelihood(independentPixels(), digits)
      );
    }),
  ],
};

/** On where a pixel has at least half of its range. */
function binaryDigits(split: 'train' | 'heldOut'): Matrix {
  return digitPixels(split).apply(function (row, column) {
    this.set(row, column, this.get(row, column) >= 0.5 ? 1 : 0);
  });
}

async function machine(runs: TemplateRuns): Promise<RestrictedBoltzmannMachine> {
  const { state } = await runs.trained();
  const array = (name: string) => Array.from(defined(state.get(`rbm.${name}`), name));
  return {
    weights: Matrix.from1DArray(PIXELS, HIDDEN, array('weight')),
    visibleBiases: array('visibleBias'),
    hiddenBiases: array('hiddenBias'),
  };
}

/** Each pixel is on as often as in the training digits, one more of either kind counted, whatever the others are. */
function independentPixels(): RestrictedBoltzmannMachine {
  const digits = binaryDigits('train');
  const visibleBiases = digits
    .sum('column')
    .map((on) => Math.log((on + 1) / (digits.rows - on + 1)));
  return { weights: Matrix.zeros(PIXELS, 1), visibleBiases, hiddenBiases: [0] };
}
