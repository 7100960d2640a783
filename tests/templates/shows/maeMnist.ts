import { atLeast, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { mnistNeighbours } from '../mnistNeighbours';

export const maeMnist: TemplateClaims = {
  slug: 'mae-mnist',
  claims: [
    claim('lint', is('lint.immune, lint.unused-node'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('kNN of the encoder', atLeast(0.8), async (runs) =>
      mnistNeighbours(await runs.trained(), 'whole.out'),
    ),
  ],
};
