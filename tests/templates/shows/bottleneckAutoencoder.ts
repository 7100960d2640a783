import { digitPixels } from '../../oracles/digits';
import {
  meanSquaredDistance,
  principalComponents,
  projectRows,
} from '../../oracles/principalComponents';
import { atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const WIDTH = 8;

const LINEAR: Change = {
  set: ['encoder.activation=none', 'decoder.activation=none', 'decoder.outputActivation=none'],
};
/** As wide as the digit. */
const WIDE: Change = { set: ['encoder.width=64', 'decoder.outputActivation=none'], steps: 750 };

export const bottleneckAutoencoder: TemplateClaims = {
  slug: 'bottleneck-autoencoder',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim(`error on held-out digits by that of PCA of width ${WIDTH}`, below(1), (runs) =>
      relativeError(runs),
    ),
    claim('the same without activations', atMost(1.02), (runs) => relativeError(runs, LINEAR)),
    claim('code of 64: lint', is('lint.identity-collapse'), codesOf(WIDE)),
    claim('code of 64: verdict', is('flat energy'), async (runs) => {
      const { verdict } = await runs.report(WIDE);
      return verdict;
    }),
  ],
};

async function relativeError(runs: TemplateRuns, change?: Change): Promise<number> {
  const evaluated = await evaluateTrained(await runs.trained(change), ['decoder.out']);
  const rows = digitPixels('heldOut');
  const linear = projectRows(principalComponents(digitPixels('train'), WIDTH), rows);
  return meanSquaredDistance(evaluated['decoder.out'], rows) / meanSquaredDistance(linear, rows);
}
