import { defined } from '../../../src/core/invariant';
import {
  binaryStates,
  boltzmannEnergy,
  gibbsDistribution,
  klDivergence,
  marginalOfFirst,
} from '../../oracles/binaryDistributions';
import { above, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const SIZE = 2;
const VISIBLE = SIZE ** 2;

export const boltzmannMachine: TemplateClaims = {
  slug: 'boltzmann-machine',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('KL(data ‖ model) by enumeration, in nats', below(0.05), divergence),
    claim('the same after one step', above(0.8), (runs) => divergence(runs, { steps: 1 })),
  ],
};

/** By enumeration of all states of all units. */
async function divergence(runs: TemplateRuns, change?: Change): Promise<number> {
  const { state } = await runs.trained(change);
  const array = (name: string) => defined(state.get(`machine.${name}`), name);
  const hidden = array('hiddenBias').length;
  const units = VISIBLE + hidden;
  // One matrix over all units, visible ones first. Every pair occurs in it twice, and once in the energy where it is mixed.
  const coupling = array('coupling');
  const visible = array('visible');
  const own = array('hidden');
  const weights = Array.from({ length: units }, (_, i) =>
    Array.from({ length: units }, (__, j) => {
      if (i === j) return 0;
      if (i < VISIBLE && j < VISIBLE) return Number(visible[VISIBLE * i + j]);
      if (i >= VISIBLE && j >= VISIBLE) return Number(own[hidden * (i - VISIBLE) + j - VISIBLE]);
      const [y, z] = i < j ? [i, j - VISIBLE] : [j, i - VISIBLE];
      return Number(coupling[hidden * y + z]) / 2;
    }),
  );
  const biases = [...array('visibleBias'), ...array('hiddenBias')];
  const joint = gibbsDistribution(boltzmannEnergy(weights, biases), units);
  return klDivergence(barsAndStripes(), marginalOfFirst(joint, VISIBLE));
}

/** A coin chooses rows or columns, and one for each of these says whether it is on. */
function barsAndStripes(): number[] {
  const each = 1 / 2 ** (SIZE + 1);
  return binaryStates(VISIBLE).map((state) => {
    const at = (row: number, column: number) => state[SIZE * row + column];
    const lines = Array.from({ length: SIZE }, (_, line) => line);
    const isRows = lines.every((row) => lines.every((column) => at(row, column) === at(row, 0)));
    const isColumns = lines.every((row) =>
      lines.every((column) => at(row, column) === at(0, column)),
    );
    return (Number(isRows) + Number(isColumns)) * each;
  });
}
