import { above, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';

export const hJepa: TemplateClaims = {
  slug: 'h-jepa',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...[1, 2].flatMap((level) => [
      claim(`verdict of Encoder ${level}`, is('healthy'), async (runs) => {
        const { reps } = await runs.report();
        return reps[`encoder${level}.out`]?.verdict ?? 'none';
      }),
      claim(`gap of Error ${level}`, above(0.3), async (runs) => {
        const { energies } = await runs.report();
        return energies[`energy${level}`]?.gap ?? NaN;
      }),
    ]),
  ],
};
