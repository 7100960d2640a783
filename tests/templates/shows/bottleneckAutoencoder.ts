import { digitPixels } from '../../oracles/digits';
import {
  meanSquaredDistance,
  principalComponents,
  projectRows,
} from '../../oracles/principalComponents';
import { asExpected } from '../asExpected';
import { atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const WIDTH = 8;

const LINEAR: Change = { experiment: 'linear' };

export const bottleneckAutoencoder: TemplateClaims = {
  slug: 'bottleneck-autoencoder',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim(`error on held-out digits by that of PCA of width ${WIDTH}`, below(1), (runs) =>
      relativeError(runs),
    ),
    claim('the same without activations', atMost(1.02), (runs) => relativeError(runs, LINEAR)),
    asExpected('code-of-64'),
  ],
};

async function relativeError(runs: TemplateRuns, change?: Change): Promise<number> {
  const evaluated = await evaluateTrained(await runs.trained(change), ['decoder.out']);
  const rows = digitPixels('heldOut');
  const linear = projectRows(principalComponents(digitPixels('train'), WIDTH), rows);
  return meanSquaredDistance(evaluated['decoder.out'], rows) / meanSquaredDistance(linear, rows);
}
