import { Matrix } from 'ml-matrix';
import { above, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

/** Of the grid that the energy is looked up on. */
const X_POINTS = 41;
const Y_POINTS = 441;
const Y_RANGE = [-0.6, 1.6] as const;

export const parabola: TemplateClaims = {
  slug: 'parabola',
  claims: [
    claim('largest |argmin_y F(x, y) − x²| over x in [−1, 1]', below(0.05), largestError),
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('energy left over', below(0.01), (runs) => energyLeft(runs)),
    claim('energy left over at more noise', above(0.02), (runs) =>
      energyLeft(runs, { experiment: 'more-noise' }),
    ),
  ],
};

/** The energy itself is searched, on a grid of pairs: nothing is taken from how it is made. */
async function largestError(runs: TemplateRuns): Promise<number> {
  const steps = (count: number) => Array.from({ length: count }, (_, i) => i / (count - 1));
  const xs = steps(X_POINTS).map((t) => 2 * t - 1);
  const ys = steps(Y_POINTS).map((t) => Y_RANGE[0] + (Y_RANGE[1] - Y_RANGE[0]) * t);
  const column = (values: number[]) => Matrix.columnVector(values);
  const evaluated = await evaluateTrained(await runs.trained(), ['energy.energy'], {
    given: { x: column(xs.flatMap((x) => ys.map(() => x))), y: column(xs.flatMap(() => ys)) },
    // A fifth of the points is held out: rows enough for the grid.
    set: [`points.count=${5 * X_POINTS * Y_POINTS}`],
  });
  const energies = evaluated['energy.energy'].to1DArray();
  const errors = xs.map((x, i) => {
    const own = energies.slice(i * Y_POINTS, (i + 1) * Y_POINTS);
    const least = own.indexOf(Math.min(...own));
    return Math.abs((ys[least] ?? NaN) - x * x);
  });
  return Math.max(...errors);
}

/** At the best curve it is the variance of the noise. */
async function energyLeft(runs: TemplateRuns, change?: Change): Promise<number> {
  const { energies } = await runs.report({ ...change, steps: 300 });
  return energies.energy?.data ?? NaN;
}
