import { Matrix } from 'ml-matrix';
import { above, atLeast, below, is, reported } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import { gainedNeighbours, neighboursBy } from '../mnistNeighbours';
import type { Change, TemplateRuns } from '../templateRuns';

/** A fifth of the steps, which `npm test` has time for. */
const SHORT: Change = { steps: 400 };

export const maeMnist: TemplateClaims = {
  slug: 'mae-mnist',
  claims: [
    claim('lint', is('lint.immune'), codesOf(SHORT)),
    claim(
      'error on hidden pixels after 400 steps by that before training',
      below(0.5),
      fall(SHORT),
    ),
  ],
  long: [
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('error on hidden pixels by that before training', below(0.35), fall({})),
    claim('the same by that of the mean image', reported, relativeError({})),
    claim('kNN of the tokens', atLeast(0.8), neighboursBy('whole.out')),
    claim('kNN of their mean', reported, neighboursBy('summary.out')),
    claim('the same less that before training', above(0.05), gainedNeighbours('summary.out')),
  ],
};

function fall(change: Change): (runs: TemplateRuns) => Promise<number> {
  return async (runs) =>
    (await relativeError(change)(runs)) / (await relativeError({ steps: 0 })(runs));
}

/** By the error of the mean image; on held-out digits, by the masks that the template draws. */
function relativeError(change: Change): (runs: TemplateRuns) => Promise<number> {
  return async (runs) => {
    const trained = await runs.trained(change);
    const ports = ['shift.out', 'mask.mask', 'pixels.out'] as const;
    const found = await evaluateTrained(trained, ports);
    const { 'shift.out': digits, 'mask.mask': hidden, 'pixels.out': guess } = found;
    const seen = await evaluateTrained(trained, ['shift.out'], { split: 'train' });
    const mean = Matrix.rowVector(seen['shift.out'].mean('column'));
    const error = (other: Matrix) => Matrix.sub(other, digits).pow(2).mul(hidden).sum();
    return error(guess) / error(Matrix.ones(digits.rows, 1).mmul(mean));
  };
}
