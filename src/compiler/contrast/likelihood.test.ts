import { describe, expect, it } from 'vitest';
import { binaryStates, gibbsDistribution } from '../../../tests/oracles/binaryDistributions';
import {
  trainingStep,
  type StepResult,
  type StepSetting,
} from '../../../tests/support/trainingStep';
import { defined } from '../../core/invariant';

const VISIBLE = 3;
const HIDDEN = 2;
const ROWS = 1000;

/** W row by row, a, b: couplings that are neither weak nor so strong that chains would stand still. */
const MACHINE = [1.2, -0.8, -0.5, 0.9, 0.7, 1.1, 0.3, -0.6, 0.2, -0.4, 0.5];
const NAMES = ['weight', 'visibleBias', 'hiddenBias'].map((name) => `rbm.${name}`);
const SIZES = [VISIBLE * HIDDEN, VISIBLE, HIDDEN];

const V = binaryStates(VISIBLE);
const H = binaryStates(HIDDEN);
/** How often each state is among the training rows, far from what the machine believes. */
const DATA = [0.25, 0.05, 0.1, 0.2, 0.02, 0.03, 0.05, 0.3];

/** E(v, h) = −a·v − b·h − vWh, of the eleven numbers of a machine. */
function jointEnergy(machine: readonly number[], v: readonly number[], h: readonly number[]) {
  const [weight = [], a = [], b = []] = parts(machine);
  let energy = 0;
  v.forEach((x, i) => {
    energy -= x * (a[i] ?? NaN);
    h.forEach((y, j) => (energy -= x * y * (weight[HIDDEN * i + j] ?? NaN)));
  });
  return h.reduce((sum, y, j) => sum - y * (b[j] ?? NaN), energy);
}

/** W, a and b. */
function parts(machine: readonly number[]): number[][] {
  let start = 0;
  return SIZES.map((size) => machine.slice(start, (start += size)));
}

/** P(v, h) over all 2⁵ states of all units, hidden ones last. */
const JOINT = gibbsDistribution(
  (state) => jointEnergy(MACHINE, state.slice(0, VISIBLE), state.slice(VISIBLE)),
  VISIBLE + HIDDEN,
);
const joint = (v: number, h: number): number => JOINT[H.length * v + h] ?? NaN;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const MODEL = V.map((_, v) => sum(H.map((__, h) => joint(v, h))));
const ofHidden = H.map((_, h) => sum(V.map((__, v) => joint(v, h))));

/** P(v′ | v) of a sweep: all hidden units given v, then all visible ones given these. */
const SWEEP = V.map((_, from) =>
  V.map((__, to) =>
    sum(H.map((___, h) => (joint(from, h) / at(MODEL, from)) * (joint(to, h) / at(ofHidden, h)))),
  ),
);

function at(values: readonly number[], index: number): number {
  return values[index] ?? NaN;
}

/** Where chains are after `k` sweeps. */
function afterSweeps(start: readonly number[], k: number): number[] {
  let p = [...start];
  for (let sweep = 0; sweep < k; sweep++) {
    p = V.map((_, to) => sum(p.map((mass, from) => mass * at(SWEEP[from] ?? [], to))));
  }
  return p;
}

/** −log Σ_h e^(−E(v, h)). */
function freeEnergy(machine: readonly number[], v: readonly number[]): number {
  return -Math.log(sum(H.map((h) => Math.exp(-jointEnergy(machine, v, h)))));
}

/** By each of the eleven numbers, by central differences. */
function slopes(of: (machine: readonly number[]) => number): number[] {
  const width = 1e-5;
  return MACHINE.map((value, index) => {
    const moved = (by: number): number => of(MACHINE.with(index, value + by));
    return (moved(width) - moved(-width)) / (2 * width);
  });
}

/** ∂F(v)/∂w for each state and each number of the machine. */
const SLOPES = V.map((v) => slopes((machine) => freeEnergy(machine, v)));

/** ∂(mean F over the data − mean F over `p`)/∂w. */
function contrastedSlopes(p: readonly number[]): number[] {
  return MACHINE.map((_, w) =>
    sum(SLOPES.map((slope, v) => (at(DATA, v) - at(p, v)) * at(slope, w))),
  );
}

/** ∂(−mean log p(v) over the data)/∂w. */
function likelihoodSlopes(): number[] {
  return slopes((machine) => {
    const energies = V.map((v) => freeEnergy(machine, v));
    const logZ = Math.log(sum(energies.map((energy) => Math.exp(-energy))));
    return sum(energies.map((energy, v) => at(DATA, v) * (energy + logZ)));
  });
}

/** Deviation of ∂F(v)/∂w over v from p, for each number: by √N it is the sampling error of a mean over N chains. */
function deviations(p: readonly number[]): number[] {
  return MACHINE.map((_, w) => {
    const mean = sum(SLOPES.map((slope, v) => at(p, v) * at(slope, w)));
    return Math.sqrt(sum(SLOPES.map((slope, v) => at(p, v) * (at(slope, w) - mean) ** 2)));
  });
}

/** A batch is all rows, so what remains of chance is in the chains. */
function setting(sampler: Readonly<Record<string, unknown>>): StepSetting {
  const [weight = [], visibleBias = [], hiddenBias = []] = parts(MACHINE);
  return {
    sketch: {
      nodes: {
        data: ['data.patterns', { source: 'random', count: 250, units: VISIBLE, values: '0/1' }],
        rbm: ['energy.rbm', { units: HIDDEN }],
        sampler: ['negative.gibbs', sampler],
        nll: ['loss.nll', { alpha: 0 }],
      },
      edges: [
        ...['data.y -> rbm.y', 'data.y -> sampler.y', 'rbm.energy -> nll.energy'],
        'sampler.negative -> nll.negative',
      ],
      training: { batchSize: ROWS, seed: 5 },
    },
    columns: {
      y: V.flatMap((v, state) => Array<readonly number[]>(ROWS * at(DATA, state)).fill(v)).flat(),
    },
    state: { 'rbm.weight': weight, 'rbm.visibleBias': visibleBias, 'rbm.hiddenBias': hiddenBias },
  };
}

const slopesOf = ({ gradients }: StepResult): number[] =>
  NAMES.flatMap((name) => [...defined(gradients[name], name)]);

/** A batch of chains in each step. Persistent ones go on from step to step. */
async function run(sampler: Readonly<Record<string, unknown>>, steps: number): Promise<number[][]> {
  const found: number[][] = [];
  const given = setting(sampler);
  let state = given.state ?? {};
  for (let step = 0; step < steps; step++) {
    const result = await trainingStep({ ...given, state, step });
    state = { ...state, ...result.statistics };
    found.push(slopesOf(result));
  }
  return found;
}

/** Within four sampling errors of as many chains that know nothing of each other. */
function expectMean(found: readonly number[][], p: readonly number[]): void {
  const expected = contrastedSlopes(p);
  const errors = deviations(p).map((deviation) => deviation / Math.sqrt(found.length * ROWS));
  MACHINE.forEach((_, w) => {
    const mean = sum(found.map((slope) => at(slope, w))) / found.length;
    expect(Math.abs(mean - at(expected, w)) / at(errors, w)).toBeLessThan(4);
  });
}

describe('the gradient of a restricted Boltzmann machine’s likelihood', () => {
  it('is the slope of F on the data less that on what the machine believes', () => {
    likelihoodSlopes().forEach((slope, w) =>
      expect(slope).toBeCloseTo(at(contrastedSlopes(MODEL), w), 9),
    );
  });

  it('is the mean over chains of many sweeps from the data: CD-50', async () => {
    const p = afterSweeps(DATA, 50);
    p.forEach((mass, v) => expect(mass).toBeCloseTo(at(MODEL, v), 6));
    expectMean(await run({ k: 50 }, 10), MODEL);
  });

  it('is the mean over persistent chains, wherever they began: PCD', async () => {
    const begun = (await run({ k: 10, start: 'chains' }, 25)).slice(5);
    // Ten sweeps later a chain has forgotten where it was, so each step counts anew.
    V.forEach((_, v) => {
      const alone = V.map((__, other) => (other === v ? 1 : 0));
      afterSweeps(alone, 10).forEach((mass, to) => expect(mass).toBeCloseTo(at(MODEL, to), 2));
    });
    expectMean(begun, MODEL);
  });
});

describe('what Gibbs chains have met of a machine', () => {
  it.each([1, 10])('is what as many sweeps from the data lead to: CD-%d', async (k) => {
    expectMean(await run({ k }, 20), afterSweeps(DATA, k));
  });

  it('is less for CD-1 than for CD-10: it is biased by more than chance', () => {
    const exact = likelihoodSlopes();
    const bias = (k: number): number =>
      Math.max(...contrastedSlopes(afterSweeps(DATA, k)).map((s, w) => Math.abs(s - at(exact, w))));
    const error = Math.max(...deviations(MODEL)) / Math.sqrt(20 * ROWS);
    expect(bias(1)).toBeGreaterThan(5 * error);
    expect(bias(10)).toBeLessThan(error);
  });

  it('is, in the first steps of persistent chains, what these sweeps lead to from where they began', async () => {
    const [first = [], second = []] = await run({ k: 1, start: 'chains' }, 2);
    const off = V.map((_, v) => (v === 0 ? 1 : 0));
    expectMean([first], afterSweeps(off, 1));
    expectMean([second], afterSweeps(off, 2));
  });
});
