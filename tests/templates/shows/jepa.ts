import { asExpected } from '../asExpected';
import { above, atLeast, atMost, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';
import { inferenceOf } from '../trainTemplate';

const NARROW_FREE_LATENT: Change = { set: ['bound.weight=0'], steps: 400 };

/** From one end of the slider of R(z) to the other. */
const BOUNDS = [0, 0.3, 3, 30];

export const jepa: TemplateClaims = {
  slug: 'jepa',
  claims: [
    claim('lint', is('silent'), codesOf()),
    verdict('verdict', 'healthy'),
    claim('gap of the prediction error', above(0.2), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
    // R(z) = 0.3·Σz²: its share of the loss says how much z carries.
    claim('R(z), by which z carries something', above(0.01), async (runs) => {
      const { terms } = await runs.report();
      return terms.bound ?? NaN;
    }),
    claim('kNN of Encoder x', atLeast(0.85), async (runs) => {
      const { knn } = await runs.labels();
      return knn['encoderX.out'] ?? NaN;
    }),
    ...BOUNDS.map((weight) =>
      claim(`R(z) × ${weight}: F after ten times the steps by F`, atLeast(0.98), (runs) =>
        tenfold(runs, weight),
      ),
    ),
    claim('the largest of these: more steps find no more energy', atMost(1 + 1e-6), async (runs) =>
      Math.max(...(await Promise.all(BOUNDS.map((weight) => tenfold(runs, weight))))),
    ),
    verdict('R(z) off, z of 4: verdict', 'healthy', NARROW_FREE_LATENT),
    asExpected('free-latent'),
    asExpected('without-vicreg'),
    asExpected('behind-expanders'),
  ],
};

function verdict(what: string, expected: string, change?: Change) {
  return claim(what, is(expected), async (runs) => (await runs.report(change)).verdict);
}

async function tenfold(runs: TemplateRuns, weight: number): Promise<number> {
  const found = await inferenceOf(await runs.trained(), 'z', { 'bound.weight': weight });
  return found.tenfoldEnergy / found.freeEnergy;
}
