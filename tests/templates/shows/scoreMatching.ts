import { nearestOnSpiral } from '../../oracles/curves';
import { EnergyNetwork } from '../../oracles/energyNetwork';
import { oracleRandom } from '../../oracles/randomness';
import { atLeast, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const ARMS = 1;
/** As the template's noise has it. */
const NOISE = 0.1;

export const scoreMatching: TemplateClaims = {
  slug: 'score-matching',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('mean cosine of −∇F with the way to the spiral', atLeast(0.8), meanCosine),
  ],
};

/** Over held-out points with new noise that lie off the spiral by half of its deviation or more. */
async function meanCosine(runs: TemplateRuns): Promise<number> {
  const trained = await runs.trained();
  const network = EnergyNetwork.of(trained.state, 'energy');
  const heldOut = await evaluateTrained(trained, ['points.y']);
  const random = oracleRandom('noise', runs.seed ?? 1);
  const cosines = heldOut['points.y'].to2DArray().flatMap((clean) => {
    const [x = NaN, y = NaN] = clean.map((value) => value + NOISE * random.normal());
    const { point, distance } = nearestOnSpiral([x, y], ARMS);
    if (distance < NOISE / 2) return [];
    const [slopeX = NaN, slopeY = NaN] = network.slope([x, y]);
    const along = -slopeX * (point[0] - x) - slopeY * (point[1] - y);
    return [along / (Math.hypot(slopeX, slopeY) * distance)];
  });
  return cosines.reduce((a, b) => a + b, 0) / cosines.length;
}
