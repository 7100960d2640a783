import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { hebbianCouplings, recall } from '../../oracles/hopfieldNetwork';
import { oracleRandom } from '../../oracles/randomness';
import { atLeast, atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { TemplateRuns } from '../templateRuns';

const UNITS = 49;
const LETTERS = 5;
const RANDOM_STARTS = 200;
/** Recalls that are followed from state to state: all their states are rows of the data set. */
const FOLLOWED = 100;

type State = readonly number[];

export const hopfield: TemplateClaims = {
  slug: 'hopfield',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('largest |W − Σ y yᵀ/n|', below(1e-4), async (runs) => {
      const hebb = hebbianCouplings(await letters(runs));
      const found = await couplings(runs);
      return Math.max(...hebb.flatMap((row, i) => row.map((w, j) => Math.abs(w - found.get(i, j)))));
    }),
    claim('part of letters recalled exactly, 15 % of their units flipped', atLeast(0.95), async (runs) => {
      const { right, wrong } = await heldOutPairs(runs);
      const ends = await endsOf(runs, wrong);
      return ends.filter((end, row) => areEqual(end, defined(right[row], 'letter'))).length / ends.length;
    }),
    claim('changes of a unit by which the energy rises', atMost(0), async (runs) => {
      const { wrong } = await heldOutPairs(runs);
      const memory = (await couplings(runs)).to2DArray();
      const ways = wrong.slice(0, FOLLOWED).map((start) => recall(memory, start));
      const energies = await energiesOf(runs, ways.flat());
      let row = 0;
      return ways.reduce((rises, way) => {
        const own = energies.slice(row, (row += way.length));
        return rises + own.slice(1).filter((energy, i) => energy > (own[i] ?? NaN)).length;
      }, 0);
    }),
    claim('minima that are no letter, from 200 random states', atLeast(1), async (runs) =>
      (await spuriousMinima(runs)).length,
    ),
    claim('states one unit away from one of them with less energy', atMost(0), async (runs) => {
      const [minimum = []] = await spuriousMinima(runs);
      const around = minimum.map((unit, i) => minimum.with(i, -unit));
      const [own = NaN, ...others] = await energiesOf(runs, [minimum, ...around]);
      return others.filter((energy) => energy < own).length;
    }),
  ],
}; // prettier-ignore

/** (A + Aᵀ)/2 without the diagonal, of the free matrix A that is trained (docs/mathematics.md §1). */
async function couplings(runs: TemplateRuns): Promise<Matrix> {
  const { state } = await runs.trained();
  const values = Array.from(defined(state.get('memory.weight'), 'couplings'));
  const free = Matrix.from1DArray(UNITS, UNITS, values);
  const symmetric = Matrix.add(free, free.transpose()).div(2);
  for (let i = 0; i < UNITS; i++) symmetric.set(i, i, 0);
  return symmetric;
}

/** Held-out letters, and copies of them with units flipped. */
async function heldOutPairs(runs: TemplateRuns): Promise<{ right: State[]; wrong: State[] }> {
  const evaluated = await evaluateTrained(await runs.trained(), ['letters.y', 'letters.flipped']);
  return {
    right: evaluated['letters.y'].to2DArray(),
    wrong: evaluated['letters.flipped'].to2DArray(),
  };
}

/** They come in turn. */
async function letters(runs: TemplateRuns): Promise<State[]> {
  return (await heldOutPairs(runs)).right.slice(0, LETTERS);
}

async function endsOf(runs: TemplateRuns, starts: readonly State[]): Promise<State[]> {
  const memory = (await couplings(runs)).to2DArray();
  return starts.map((start) => recall(memory, start).at(-1) ?? []);
}

/** By the graph itself. */
async function energiesOf(runs: TemplateRuns, states: readonly State[]): Promise<number[]> {
  const evaluated = await evaluateTrained(await runs.trained(), ['memory.energy'], {
    given: { y: new Matrix(states.map((state) => [...state])) },
    split: 'train',
  });
  return evaluated['memory.energy'].to1DArray();
}

/** Where random states end that is neither a letter nor the opposite of one, which is as good a minimum as it. */
async function spuriousMinima(runs: TemplateRuns): Promise<State[]> {
  const random = oracleRandom('states', runs.seed ?? 1);
  const starts = Array.from({ length: RANDOM_STARTS }, () =>
    Array.from({ length: UNITS }, () => 2 * random.integer(2) - 1),
  );
  const known = await letters(runs);
  const ends = await endsOf(runs, starts);
  const isKnown = (end: State): boolean =>
    known.some(
      (letter) =>
        areEqual(end, letter) ||
        areEqual(
          end,
          letter.map((unit) => -unit),
        ),
    );
  return ends.filter(
    (end, row) => !isKnown(end) && ends.findIndex((other) => areEqual(other, end)) === row,
  );
}

function areEqual(a: State, b: State): boolean {
  return a.every((unit, i) => unit === b[i]);
}
