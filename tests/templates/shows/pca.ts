import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { digitPixels } from '../../oracles/digits';
import {
  meanSquaredDistance,
  principalAngles,
  principalComponents,
  projectRows,
} from '../../oracles/principalComponents';
import { atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const WIDTH = 4;
const PIXELS = 64;

export const pca: TemplateClaims = {
  slug: 'pca',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    // Blends of digits have the digits' mean and covariance, which is all that a linear map can tell.
    claim('verdict', is('flat energy'), async (runs) => (await runs.report()).verdict),
    claim('largest angle to the principal subspace, in degrees', below(2), largestAngle),
    claim('error on training digits by that of PCA', atMost(1.01), (runs) =>
      relativeError(runs, 'train'),
    ),
    claim('error on held-out digits by that of PCA', atMost(1.01), (runs) =>
      relativeError(runs, 'heldOut'),
    ),
  ],
};

/** Between what the decoder can reach, the span of its weights' rows, and the exact subspace of the training digits. */
async function largestAngle(runs: TemplateRuns): Promise<number> {
  const { state } = await runs.trained();
  const weights = defined(state.get('decoder.weight'), 'weights of the decoder');
  const learned = Matrix.from1DArray(WIDTH, PIXELS, Array.from(weights)).transpose();
  const { axes } = principalComponents(digitPixels('train'), WIDTH);
  return Math.max(...principalAngles(learned, axes));
}

async function relativeError(runs: TemplateRuns, split: 'train' | 'heldOut'): Promise<number> {
  const evaluated = await evaluateTrained(await runs.trained(), ['decoder.out'], { split });
  const rows = digitPixels(split);
  const exact = projectRows(principalComponents(digitPixels('train'), WIDTH), rows);
  return meanSquaredDistance(evaluated['decoder.out'], rows) / meanSquaredDistance(exact, rows);
}
