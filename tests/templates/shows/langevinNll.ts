import { Matrix } from 'ml-matrix';
import { nearestOnMoons } from '../../oracles/curves';
import { EnergyNetwork } from '../../oracles/energyNetwork';
import { oracleRandom } from '../../oracles/randomness';
import { above, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

/** As the template's sampler has them. */
const RATE = 0.005;
const LOW = -2;
const HIGH = 3;
/** From anywhere to the moons. */
const STEPS = 200;
const CHAINS = 200;

export const langevinNll: TemplateClaims = {
  slug: 'langevin-nll',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('energy of shuffled coordinates above that of the data', above(1), async (runs) => {
      const points = await heldOut(runs);
      const shuffled = points.map(([x = NaN], row) => [x, points.at(row - 1)?.[1] ?? NaN]);
      return (await meanEnergy(runs, shuffled)) - (await meanEnergy(runs, points));
    }),
    claim('energy of noise above that of the data', above(1), async (runs) => {
      const points = await heldOut(runs);
      const noise = anywhere(runs, points.length);
      return (await meanEnergy(runs, noise)) - (await meanEnergy(runs, points));
    }),
    claim('mean distance of new samples to the moons', below(0.2), async (runs) => {
      const samples = await sampled(runs, anywhere(runs, CHAINS));
      return meanDistance(samples);
    }),
    claim('the same where the chains began', above(0.7), async (runs) =>
      meanDistance(anywhere(runs, CHAINS)),
    ),
  ],
};

async function heldOut(runs: TemplateRuns): Promise<number[][]> {
  const found = await evaluateTrained(await runs.trained(), ['points.y']);
  return found['points.y'].to2DArray();
}

async function meanEnergy(runs: TemplateRuns, points: number[][]): Promise<number> {
  const given = { y: new Matrix(points) };
  const found = await evaluateTrained(await runs.trained(), ['energy.energy'], { given });
  return found['energy.energy'].mean();
}

/** Uniform in the range in which chains start. */
function anywhere({ seed }: TemplateRuns, count: number): number[][] {
  const random = oracleRandom('anywhere', seed ?? 1);
  const coordinate = (): number => LOW + (HIGH - LOW) * random.uniform();
  return Array.from({ length: count }, () => [coordinate(), coordinate()]);
}

/** The notes' Eq. 5 in float64: y ← y − η∇F + √(2η)·ε, kept in the range. */
async function sampled(runs: TemplateRuns, start: number[][]): Promise<number[][]> {
  const network = EnergyNetwork.of((await runs.trained()).state, 'energy');
  const random = oracleRandom('Langevin', runs.seed ?? 1);
  return start.map((first) => {
    let y = first;
    for (let step = 0; step < STEPS; step++) {
      const slope = network.slope(y);
      y = y.map((value, axis) => {
        const noise = Math.sqrt(2 * RATE) * random.normal();
        const moved = value - RATE * (slope[axis] ?? NaN) + noise;
        return Math.min(HIGH, Math.max(LOW, moved));
      });
    }
    return y;
  });
}

function meanDistance(points: readonly (readonly number[])[]): number {
  const distances = points.map(([x = NaN, y = NaN]) => nearestOnMoons([x, y]).distance);
  return distances.reduce((a, b) => a + b, 0) / distances.length;
}
