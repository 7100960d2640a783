import { Matrix } from 'ml-matrix';
import { logDensityOfMoons } from '../../oracles/curves';
import { atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const NOISE = 0.1;
/** Of the square [−4, 5]² around the moons, along each axis. */
const CELLS = 240;
const LOW = -4;
const CELL = 9 / CELLS;

export const normalizingFlow: TemplateClaims = {
  slug: 'normalizing-flow',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('|integral of the density − 1|', atMost(0.02), async (runs) => {
      const densities = (await logDensities(runs, grid())).map(Math.exp);
      return Math.abs(densities.reduce((a, b) => a + b, 0) * CELL ** 2 - 1);
    }),
    claim('log-likelihood below that of the true density, in nats', atMost(0.2), async (runs) => {
      const heldOut = await evaluateTrained(await runs.trained(), ['points.y']);
      const points = heldOut['points.y'];
      const found = await logDensities(runs, points);
      const exact = points
        .to2DArray()
        .map(([x = NaN, y = NaN]) => logDensityOfMoons([x, y], NOISE));
      return (sum(exact) - sum(found)) / points.rows;
    }),
    claim('without the volume: mean std of f(y), where it was 1', below(0.05), async (runs) => {
      const { reps } = await runs.report({ experiment: 'free-volume', steps: 800 });
      return reps['flow.out']?.meanStd ?? NaN;
    }),
  ],
};

/** Middles of the cells. */
function grid(): Matrix {
  const places = Array.from({ length: CELLS }, (_, i) => LOW + (i + 0.5) * CELL);
  return new Matrix(places.flatMap((y) => places.map((x) => [x, y])));
}

/** log p(y) = −(½‖f(y)‖² − log |det ∂f|) − log 2π: what the two energies add up to, with the constant that they lack. */
async function logDensities(runs: TemplateRuns, points: Matrix): Promise<number[]> {
  const evaluated = await evaluateTrained(await runs.trained(), ['flow.out', 'flow.logDet'], {
    given: { y: points },
    split: 'train',
    // Rows enough for the grid.
    set: ['points.count=100000'],
  });
  const latents = evaluated['flow.out'];
  const volumes = evaluated['flow.logDet'];
  return Array.from({ length: points.rows }, (_, row) => {
    const squares = latents.get(row, 0) ** 2 + latents.get(row, 1) ** 2;
    return -0.5 * squares - volumes.get(row, 0) - Math.log(2 * Math.PI);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
