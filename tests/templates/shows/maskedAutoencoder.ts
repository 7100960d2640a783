import { Matrix } from 'ml-matrix';
import { digitPixels } from '../../oracles/digits';
import { chooseDistinct, oracleRandom } from '../../oracles/randomness';
import { atMost, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const PIXELS = 64;
const HIDDEN = 48;
/** What stands in a hidden place, as in the document. */
const FILL = 0.3;

export const maskedAutoencoder: TemplateClaims = {
  slug: 'masked-autoencoder',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('error on hidden pixels by that of the mean image', atMost(1 / 1.6), relativeError),
  ],
};

/** On held-out digits, three quarters of each hidden; the mask is drawn here, and the template's own is off. */
async function relativeError(runs: TemplateRuns): Promise<number> {
  const digits = digitPixels('heldOut');
  const random = oracleRandom('mask', runs.seed ?? 1);
  const hidden = Array.from({ length: digits.rows }, () => chooseDistinct(random, HIDDEN, PIXELS));
  const given = digits.clone();
  hidden.forEach((pixels, row) => {
    for (const pixel of pixels) given.set(row, pixel, FILL);
  });
  const evaluated = await evaluateTrained(await runs.trained(), ['decoder.out'], {
    given: { x: given },
    set: ['mask.inEvaluation=false'],
  });
  const mean = Matrix.ones(digits.rows, 1).mmul(
    Matrix.rowVector(digitPixels('train').mean('column')),
  );
  const error = (guess: Matrix) =>
    hidden.reduce(
      (sum, pixels, row) =>
        sum +
        pixels.reduce(
          (own, pixel) => own + (guess.get(row, pixel) - digits.get(row, pixel)) ** 2,
          0,
        ),
      0,
    );
  return error(evaluated['decoder.out']) / error(mean);
}
