import { Matrix } from 'ml-matrix';
import { oracleRandom } from '../../oracles/randomness';
import { asExpected } from '../asExpected';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

/** The data's eight centres, on a circle of this radius. */
const CENTRES = Array.from({ length: 8 }, (_, k) => {
  const angle = (2 * Math.PI * k) / 8;
  return [2 * Math.cos(angle), 2 * Math.sin(angle)] as const;
});
/** Closer to a centre than this is one of its points: three deviations of the data. */
const NEAR = 0.6;

export const energyGan: TemplateClaims = {
  slug: 'energy-gan',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('mean distance of made points to the nearest centre', below(0.5), async (runs) =>
      mean((await made(runs)).map(({ distance }) => distance)),
    ),
    claim('part of them within three deviations of one', atLeast(0.65), async (runs) => {
      const points = await made(runs);
      return points.filter(({ distance }) => distance < NEAR).length / points.length;
    }),
    claim('centres with at least 2 % of them', atLeast(6), async (runs) => {
      const points = await made(runs);
      const share = (k: number): number =>
        points.filter((one) => one.centre === k && one.distance < NEAR).length / points.length;
      return CENTRES.filter((_, k) => share(k) >= 0.02).length;
    }),
    claim('energy of noise above that of the data', above(0), async (runs) => {
      const trained = await runs.trained();
      const data = await evaluateTrained(trained, ['energy.energy']);
      const given = { y: noise(runs, data['energy.energy'].rows) };
      const found = await evaluateTrained(trained, ['energy.energy'], { given });
      return found['energy.energy'].mean() - data['energy.energy'].mean();
    }),
    asExpected('no-margin'),
  ],
};

interface Made {
  /** Of the nearest centre. */
  readonly centre: number;
  readonly distance: number;
}

/** What the generator makes of as many draws of z as there are held-out rows. */
async function made(runs: TemplateRuns): Promise<Made[]> {
  const found = await evaluateTrained(await runs.trained(), ['generator.out']);
  return found['generator.out'].to2DArray().map(([x = NaN, y = NaN]) => {
    const distances = CENTRES.map(([p, q]) => Math.hypot(x - p, y - q));
    const distance = Math.min(...distances);
    return { centre: distances.indexOf(distance), distance };
  });
}

/** Normal points as spread out as the data. */
function noise({ seed }: TemplateRuns, count: number): Matrix {
  const random = oracleRandom('noise', seed ?? 1);
  const deviation = Math.sqrt(2 + 0.2 ** 2);
  const coordinate = (): number => deviation * random.normal();
  return new Matrix(Array.from({ length: count }, () => [coordinate(), coordinate()]));
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
