import { Matrix } from 'ml-matrix';
import { nearestOnSpiral } from '../../oracles/curves';
import { oracleRandom } from '../../oracles/randomness';
import { atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const ARMS = 1;
const NOISE = 0.07;

export const denoisingAutoencoder: TemplateClaims = {
  slug: 'denoising-autoencoder',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('how many times the mean distance to the spiral falls', atLeast(4), async (runs) => {
      const clean = await evaluateTrained(await runs.trained(), ['points.y']);
      const random = oracleRandom('noise', runs.seed ?? 1);
      const noisy = clean['points.y'].apply(function (row, column) {
        this.set(row, column, this.get(row, column) + NOISE * random.normal());
      });
      return meanDistance(noisy) / meanDistance(await denoised(runs, noisy));
    }),
    claim('the same from halfway between two turns', below(1.5), async (runs) => {
      const halfway = halfwayPoints();
      return meanDistance(halfway) / meanDistance(await denoised(runs, halfway));
    }),
  ],
};

async function denoised(runs: TemplateRuns, points: Matrix): Promise<Matrix> {
  const evaluated = await evaluateTrained(await runs.trained(), ['denoiser.out'], {
    given: { y: points },
  });
  return evaluated['denoiser.out'];
}

function meanDistance(points: Matrix): number {
  const distances = points
    .to2DArray()
    .map(([x = NaN, y = NaN]) => nearestOnSpiral([x, y], ARMS).distance);
  return distances.reduce((a, b) => a + b, 0) / distances.length;
}

/** The next turn is 0.4 further out: 0.2 further than a point of the first is halfway. */
function halfwayPoints(count = 200): Matrix {
  return new Matrix(
    Array.from({ length: count }, (_, i) => {
      const t = (0.5 * (i + 0.5)) / count;
      const radius = 0.8 * t + 0.4;
      return [radius * Math.cos(4 * Math.PI * t), radius * Math.sin(4 * Math.PI * t)];
    }),
  );
}
