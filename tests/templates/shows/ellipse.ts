import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { nearestOnEllipse } from '../../oracles/curves';
import { below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { energiesOf } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

/** Of the data. */
const RADII = [2, 1.5] as const;
/** How many angles stand for the circle. */
const ANGLES = 48;
/** Of the grid over [−3, 3]² that energies are compared on. */
const POINTS = 41;
const EXTENT = 3;

type Point = readonly [number, number];
type Radii = readonly [number, number];

export const ellipse: TemplateClaims = {
  slug: 'ellipse',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...([0, 1] as const).map((axis) =>
      claim(`|r${axis === 0 ? '₁' : '₂'} − ${RADII[axis]}| / ${RADII[axis]}`, below(0.02), (runs) =>
        radiusError(runs, axis),
      ),
    ),
    claim('largest |F∞(y) − squared distance to the ellipse|', below(1e-3), (runs) =>
      largestError(
        runs,
        'minimum',
        (point, [r1, r2]) => nearestOnEllipse(point, r1, r2).distance ** 2,
      ),
    ),
    ...[1, 10, 100].map((beta) =>
      claim(`largest |Fβ(y) − the sum written out| at β = ${beta}`, below(1e-3), (runs) =>
        largestError(runs, 'marginal', (point, radii) => marginalisedEnergy(point, radii, beta), [
          `zAll.beta=${beta}`,
        ]),
      ),
    ),
    // All angles count nearly alike then, and what is nearest to all data on average lies inside.
    claim('|r₂| when only Fβ is trained, at β = 0.3', below(0.01), async (runs) => {
      return Math.abs((await radiiOf(runs, { experiment: 'beta-of-0-3' }))[1]);
    }),
  ],
};

async function radiiOf(runs: TemplateRuns, change?: Change): Promise<Radii> {
  const { state } = await runs.trained(change);
  const radius = (name: string): number => defined(state.get(`minimum.${name}`)?.[0], name);
  return [radius('radius1'), radius('radius2')];
}

async function radiusError(runs: TemplateRuns, axis: 0 | 1): Promise<number> {
  return Math.abs((await radiiOf(runs))[axis] - RADII[axis]) / RADII[axis];
}

/** Between an energy and what it should be for the radii that were learned, over a square around the ellipse. */
async function largestError(
  runs: TemplateRuns,
  nodeId: string,
  expected: (point: Point, radii: Radii) => number,
  set: readonly string[] = [],
): Promise<number> {
  const places = Array.from(
    { length: POINTS },
    (_, i) => -EXTENT + (2 * EXTENT * i) / (POINTS - 1),
  );
  const points = places.flatMap((y1) => places.map((y2): Point => [y1, y2]));
  const radii = await radiiOf(runs);
  const energies = await energiesOf(await runs.trained(), nodeId, {
    given: { y: new Matrix(points.map((point) => [...point])) },
    // A fifth of the points is held out: rows enough for the grid.
    set: [...set, `points.count=${5 * points.length}`],
  });
  const errors = points.map((point, i) => Math.abs((energies[i] ?? NaN) - expected(point, radii)));
  return Math.max(...errors);
}

/** −(1/β) log Σ_k (2π/n) e^(−βE(y, 2πk/n)). */
function marginalisedEnergy([y1, y2]: Point, [r1, r2]: Radii, beta: number): number {
  const energies = Array.from({ length: ANGLES }, (_, k) => {
    const angle = (2 * Math.PI * k) / ANGLES;
    return (y1 - r1 * Math.sin(angle)) ** 2 + (y2 - r2 * Math.cos(angle)) ** 2;
  });
  const least = Math.min(...energies);
  const sum = energies.reduce((total, energy) => total + Math.exp(-beta * (energy - least)), 0);
  return least - Math.log((sum * 2 * Math.PI) / ANGLES) / beta;
}
