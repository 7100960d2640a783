import { atLeast, above, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { mnistNeighbours } from '../mnistNeighbours';

export const iJepa: TemplateClaims = {
  slug: 'i-jepa',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('gap of the prediction', above(0.5), async (runs) => {
      const { energies } = await runs.report();
      return energies.energy?.gap ?? NaN;
    }),
    claim('kNN of the target encoder', atLeast(0.9), async (runs) =>
      mnistNeighbours(await runs.trained(), 'target.out'),
    ),
    claim('the same less that before training', atLeast(0.05), async (runs) => {
      const [trained, untrained] = [await runs.trained(), await runs.trained({ steps: 0 })];
      const before = await mnistNeighbours(untrained, 'target.out');
      return (await mnistNeighbours(trained, 'target.out')) - before;
    }),
  ],
};
