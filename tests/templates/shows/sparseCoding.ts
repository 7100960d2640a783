import { Matrix } from 'ml-matrix';
import { defined } from '../../../src/core/invariant';
import { digitPixels } from '../../oracles/digits';
import {
  learnDictionary,
  sparseCodes,
  sparseObjective,
  type SparseCoding,
} from '../../oracles/sparseCoding';
import { above, atMost, below, is } from '../bar';
import { claim, type TemplateClaims } from '../claim';
import { evaluateTrained } from '../evaluateTrained';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';

const ATOMS = 64;
const PIXELS = 64;
const LAMBDA = 1;
/** Of the dictionary learner: 50 give an objective that is lower by one part in a hundred. */
const ROUNDS = 10;

export const sparseCoding: TemplateClaims = {
  slug: 'sparse-coding',
  claims: [
    claim('lint', is('lint.immune'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    claim('F in the last epoch by a dictionary learner’s objective', atMost(1.05), (runs) =>
      relativeObjective(runs, 'train'),
    ),
    claim('F on held-out digits by that of its dictionary', atMost(1.05), (runs) =>
      relativeObjective(runs, 'heldOut'),
    ),
    claim('F on held-out digits by that of exact codes', atMost(1.02), async (runs) => {
      const rows = digitPixels('heldOut');
      const atoms = await learnedAtoms(runs);
      const exact = { atoms, codes: sparseCodes(atoms, rows, LAMBDA) };
      return (await heldOutEnergy(runs)) / sparseObjective(exact, rows, LAMBDA);
    }),
    claim('share of zeros in the codes of held-out digits', above(0.6), (runs) => zeros(runs)),
    claim('the same without L1', below(0.05), (runs) =>
      zeros(runs, { experiment: 'free-codes', steps: 500 }),
    ),
  ],
};

/** F is ‖y − zW‖² + λ‖z‖₁ with the codes that inference finds, against that of the learner's. */
async function relativeObjective(runs: TemplateRuns, split: 'train' | 'heldOut'): Promise<number> {
  const rows = digitPixels(split);
  const { atoms, codes } = dictionary();
  const found = split === 'train' ? codes : sparseCodes(atoms, rows, LAMBDA);
  const own = await (split === 'train' ? trainingEnergy(runs) : heldOutEnergy(runs));
  return own / sparseObjective({ atoms, codes: found }, rows, LAMBDA);
}

/** Mean F in the last epoch, whose batches have no digit twice. */
async function trainingEnergy(runs: TemplateRuns): Promise<number> {
  const { document, losses } = await runs.trained();
  const steps = Math.floor(digitPixels('train').rows / document.training.batchSize);
  return losses.slice(-steps).reduce((a, b) => a + b, 0) / steps;
}

async function heldOutEnergy(runs: TemplateRuns): Promise<number> {
  const { inference } = await runs.report();
  return defined(inference.z, 'inference of z').freeEnergy;
}

let learned: SparseCoding | null = null;

/** Learned once for all seeds: it does not depend on them. */
function dictionary(): SparseCoding {
  return (learned ??= learnDictionary(digitPixels('train'), ATOMS, LAMBDA, { rounds: ROUNDS }));
}

/** `[K, pixels]`, rows as the table uses them: divided by max(1, length). */
async function learnedAtoms(runs: TemplateRuns): Promise<Matrix> {
  const { state } = await runs.trained();
  const weights = defined(state.get('dictionary.weight'), 'the dictionary');
  const atoms = Matrix.from1DArray(ATOMS, PIXELS, Array.from(weights));
  for (let k = 0; k < ATOMS; k++) {
    atoms.mulRow(k, 1 / Math.max(1, atoms.getRowVector(k).norm('frobenius')));
  }
  return atoms;
}

/** Exact ones, which soft thresholding gives. */
async function zeros(runs: TemplateRuns, change?: Change): Promise<number> {
  const outputs = await evaluateTrained(await runs.trained(change), ['z.z']);
  const codes = outputs['z.z'].to1DArray();
  return codes.filter((value) => value === 0).length / codes.length;
}
