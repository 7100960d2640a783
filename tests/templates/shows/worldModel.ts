import { Matrix } from 'ml-matrix';
import { asExpected } from '../asExpected';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import { scoresOf } from '../probeScores';
import type { Change, TemplateRuns } from '../templateRuns';
import { linearReadout } from '../../oracles/leastSquares';

/** Of the template's sequences. */
const LENGTH = 8;

const WITHOUT_INVERSE: Change = { experiment: 'without-inverse-dynamics' };
const WITHOUT_VICREG: Change = { experiment: 'without-vicreg' };

export const worldModel: TemplateClaims = {
  slug: 'world-model',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('R² of the position, by least squares on the state', atLeast(0.95), positionOfState),
    claim('R² of the position, by the probe', atLeast(0.94), async (runs) => {
      const { trained } = await scoresOf(runs, 'position');
      return trained;
    }),
    claim(
      'R² of the position, imagined from the first picture and the actions',
      atLeast(0.9),
      async (runs) => {
        const { trained } = await scoresOf(runs, 'imagined');
        return trained;
      },
    ),
    claim('gap of the prediction error', above(0.5), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
    claim('without inverse dynamics: R² of the position', below(0.2), async (runs) => {
      const { trained } = await scoresOf(runs, 'position', WITHOUT_INVERSE);
      return trained;
    }),
    claim('without it: R² of the distractor', atLeast(0.7), async (runs) => {
      const { trained } = await scoresOf(runs, 'spot', WITHOUT_INVERSE);
      return trained;
    }),
    asExpected('without-inverse-dynamics'),
    asExpected('without-vicreg'),
    claim('effective rank of the state', above(7), (runs) => rankOfState(runs)),
    claim('without VICReg: effective rank of the state', below(5), (runs) =>
      rankOfState(runs, WITHOUT_VICREG),
    ),
    asExpected('without-guards'),
  ],
};

async function rankOfState(runs: TemplateRuns, change?: Change): Promise<number> {
  const { reps } = await runs.report(change);
  return reps['encoder.out']?.effectiveRank ?? NaN;
}

async function positionOfState(runs: TemplateRuns): Promise<number> {
  const trained = await runs.trained();
  const read = async (split: 'train' | 'heldOut') => {
    const values = await evaluateTrained(trained, ['encoder.out', 'rooms.position'], { split });
    return { features: steps(values['encoder.out']), targets: steps(values['rooms.position']) };
  };
  return linearReadout(await read('train'), await read('heldOut'));
}

/** A row for each step, of matrices that have the steps of a sample side by side. */
function steps(sequences: Matrix): Matrix {
  return Matrix.from1DArray(
    sequences.rows * LENGTH,
    sequences.columns / LENGTH,
    sequences.to1DArray(),
  );
}
