import type { PortKey } from '../../../src/compiler/graph/graph';
import { above, atLeast, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import { gainedNeighbours, neighboursBy } from '../mnistNeighbours';
import type { Change, TemplateRuns } from '../templateRuns';

/** A fifth of the steps, which `npm test` has time for. */
const SHORT: Change = { steps: 400 };

export const iJepa: TemplateClaims = {
  slug: 'i-jepa',
  claims: [
    claim('lint', is('silent'), codesOf(SHORT)),
    claim('verdict after 400 steps', is('healthy'), verdict(SHORT)),
    claim('gap of the prediction after 400 steps', above(0.15), gap(SHORT)),
  ],
  long: [
    claim('verdict', is('healthy'), verdict({})),
    claim('gap of the prediction', above(0.5), gap({})),
    claim('kNN of the tokens of the target encoder', atLeast(0.9), neighboursBy('target.out')),
    claim('the same less that before training', above(0), gainedNeighbours('target.out')),
    claim('kNN of their mean', atLeast(0.85), neighboursBy('summary.out')),
    claim('kNN of the mean less that before training', above(0.2), gainedNeighbours('summary.out')),
    claim(
      'without VICReg: kNN of the mean by that with it',
      below(0.95),
      left('without-vicreg', 'summary.out'),
    ),
    claim(
      'without shifts: kNN of the tokens by that with them',
      below(0.95),
      left('one-view', 'target.out'),
    ),
  ],
};

/** What is left of the kNN of an output after an experiment, as a part of it. */
function left(experiment: string, port: PortKey): (runs: TemplateRuns) => Promise<number> {
  return async (runs) =>
    (await neighboursBy(port, { experiment })(runs)) / (await neighboursBy(port)(runs));
}

function verdict(change: Change): (runs: TemplateRuns) => Promise<string> {
  return async (runs) => (await runs.report(change)).verdict;
}

function gap(change: Change): (runs: TemplateRuns) => Promise<number> {
  return async (runs) => (await runs.report(change)).energies.energy?.gap ?? NaN;
}
