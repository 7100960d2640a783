import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import { randomKey, sampleRow } from '../../core/random';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { differences, trainingStep, type StepSetting } from '../../../tests/support/trainingStep';

const ROWS = 6;
const COUNT = 8;
const SEED = 11;

const xs = Array.from({ length: COUNT }, (_, row) => Math.fround(Math.sin(2 + row)));
const ys = Array.from({ length: COUNT }, (_, row) => Math.fround(Math.cos(5 + 1.3 * row)));

type Params = Readonly<Record<string, unknown>>;

/** (y − f(x))² with a linear f, given to a functional with a sampler of y. */
function regression(
  functional: readonly [string, Params],
  sampler: readonly [string, Params],
  params: Params = {},
): StepSetting {
  return {
    sketch: {
      nodes: {
        points: ['data.points', { shape: 'parabola', count: 10 }],
        f: ['module.linear', { width: 1 }],
        energy: ['energy.squared', params],
        sampler,
        functional,
      },
      edges: [
        ...['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
        ...['points.y -> sampler.y', 'energy.energy -> functional.energy'],
        'sampler.negative -> functional.negative',
      ],
      training: { batchSize: ROWS, seed: SEED },
    },
    columns: { x: xs, y: ys },
    state: { 'f.weight': [0.7], 'f.bias': [-0.2] },
  };
}

/** The rows of the batch of step 0. */
function batch(): number[] {
  const { nodes } = sketchDocument(regression(['loss.hinge', {}], ['negative.shuffle', {}]).sketch);
  const data = defined(nodes[0], 'data node');
  const definition = defined(registry.get(data.kind), data.kind);
  const { id, trainRows } = defined(
    definition.dataset?.(definition.params.parse(data.params)),
    'data set',
  );
  expect(trainRows).toBe(COUNT);
  const key = randomKey(SEED, id, 'rows');
  return Array.from({ length: ROWS }, (_, index) => sampleRow(key, 0, ROWS, COUNT, index));
}

const f = (row: number): number => 0.7 * (xs[row] ?? NaN) - 0.2;
const energy = (row: number, y: number): number => (y - f(row)) ** 2;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const relu = (x: number): number => Math.max(x, 0);

/** F(y) and F(ŷ) of each sample with the y of the next. */
function shuffledPairs(): { good: number; bad: number; distance: number }[] {
  const rows = batch();
  return rows.map((row, index) => {
    const y = ys[row] ?? NaN;
    const other = ys[rows[(index + 1) % ROWS] ?? NaN] ?? NaN;
    return { good: energy(row, y), bad: energy(row, other), distance: Math.abs(y - other) };
  });
}

async function expectExactGradients(setting: StepSetting): Promise<void> {
  const { gradients } = await trainingStep(setting);
  for (const name of ['f.weight', 'f.bias']) {
    const [slope = NaN] = gradients[name] ?? [];
    const [expected = NaN] = await differences(setting, name);
    expect(Math.abs(slope)).toBeGreaterThan(1e-4);
    expect(slope).toBeCloseTo(expected, 6);
  }
}

describe('loss functionals on shuffled pairs', () => {
  const shuffle = ['negative.shuffle', {}] as const;
  const cases: Record<string, [Params, (pair: ReturnType<typeof shuffledPairs>[number]) => number]> = {
    'loss.hinge': [{ margin: 0.8 }, ({ good, bad }) => relu(good - bad + 0.8)],
    'loss.squareSquare': [{ margin: 0.9 }, ({ good, bad }) => good ** 2 + relu(0.9 - bad) ** 2],
    'loss.logistic': [{}, ({ good, bad }) => Math.log(1 + Math.exp(good - bad))],
    'loss.nll': [{ alpha: 0.3 }, ({ good, bad }) => good - bad + 0.3 * (good ** 2 + bad ** 2)],
  }; // prettier-ignore

  it.each(Object.entries(cases))('%s is its formula, with its gradient', async (kind, [params, formula]) => {
    const setting = regression([kind, params], shuffle);
    const { loss, part } = await trainingStep(setting);
    expect(loss).toBeCloseTo(mean(shuffledPairs().map(formula)), 10);
    expect(part('functional', 'F(ŷ)')).toBeCloseTo(mean(shuffledPairs().map(({ bad }) => bad)), 10);
    await expectExactGradients(setting);
  }); // prettier-ignore

  it('lets the margin grow with the distance of ŷ', async () => {
    const setting = regression(['loss.hinge', { margin: 0.5, grows: 'distance' }], shuffle);
    const { loss } = await trainingStep(setting);
    const expected = shuffledPairs().map(({ good, bad, distance }) => relu(good - bad + 0.5 * distance)); // prettier-ignore
    expect(loss).toBeCloseTo(mean(expected), 10);
  });

  it('counts the energy with its weight', async () => {
    const setting = regression(['loss.hinge', { margin: 0.8 }], shuffle, { weight: 3 });
    const { loss } = await trainingStep(setting);
    const expected = shuffledPairs().map(({ good, bad }) => relu(3 * good - 3 * bad + 0.8));
    expect(loss).toBeCloseTo(mean(expected), 10);
  });

  it('leaves the energy out of the objective, which the functional has taken over', () => {
    const { sketch } = regression(['loss.hinge', {}], shuffle);
    const { objective } = analyse(sketchDocument(sketch), registry);
    expect(objective.map(({ nodeId }) => nodeId)).toEqual(['functional']);
  });
});

it('takes the most offending of a pool', async () => {
  const setting = regression(['loss.hinge', { margin: 0.8 }], ['negative.hardest', { pool: 3 }]);
  const { loss } = await trainingStep(setting);
  const rows = batch();
  const expected = rows.map((row, index) => {
    const pool = [1, 2, 3].map((by) => ys[rows[(index + by) % ROWS] ?? NaN] ?? NaN);
    const worst = Math.min(...pool.map((y) => energy(row, y)));
    return relu(energy(row, ys[row] ?? NaN) - worst + 0.8);
  });
  expect(loss).toBeCloseTo(mean(expected), 10);
  await expectExactGradients(setting);
});

it('finds latents anew at contrastive points', async () => {
  const codes = [-1, 0, 1].map((sign) => 0.4 * sign);
  const setting: StepSetting = {
    sketch: {
      nodes: {
        points: ['data.points', { shape: 'parabola', count: 10 }],
        z: ['latent.discrete', { k: 3 }],
        decoder: ['module.linear', { width: 1 }],
        energy: 'energy.squared',
        sampler: 'negative.shuffle',
        functional: ['loss.hinge', { margin: 0.5 }],
      },
      edges: [
        ...['z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b'],
        ...['points.y -> sampler.y', 'energy.energy -> functional.energy'],
        'sampler.negative -> functional.negative',
      ],
      training: { batchSize: ROWS, seed: SEED },
    },
    columns: { y: ys },
    state: { 'decoder.weight': codes, 'decoder.bias': [0] },
  };
  const { loss } = await trainingStep(setting);
  const free = (y: number): number => Math.min(...codes.map((code) => (y - code) ** 2));
  const rows = batch();
  const expected = rows.map((row, index) => {
    const other = ys[rows[(index + 1) % ROWS] ?? NaN] ?? NaN;
    return relu(free(ys[row] ?? NaN) - free(other) + 0.5);
  });
  expect(Math.abs(loss - mean(expected))).toBeLessThan(1e-7);
});

describe('denoising score matching', () => {
  it('has the gradient of its own formula, through the slope of the energy', async () => {
    await expectExactGradients(
      regression(['loss.scoreMatching', {}], ['negative.noise', { deviation: 0.4 }]),
    );
  });

  it('is σ²/2 of what is left between slope and direction, by differences of the energy', async () => {
    // ∇F = 2(ỹ − f), (ỹ − y)/σ² = ε/σ: with f = y throughout, (σ²/2)(2σε − ε/σ)² has the mean (2σ² − 1)²/2.
    const sigma = 0.4;
    const count = 20_000;
    const flat = regression(['loss.scoreMatching', {}], ['negative.noise', { deviation: sigma }]);
    const { loss } = await trainingStep({
      sketch: {
        ...flat.sketch,
        nodes: {
          ...flat.sketch.nodes,
          points: ['data.points', { shape: 'parabola', count: 1.25 * count }],
        },
        training: { batchSize: count },
      },
      columns: { x: Array<number>(count).fill(0), y: Array<number>(count).fill(0.5) },
      state: { 'f.weight': [0], 'f.bias': [0.5] },
    });
    const expected = (2 * sigma ** 2 - 1) ** 2 / 2;
    expect(Math.abs(loss - expected)).toBeLessThan((4 * Math.sqrt(2) * expected) / Math.sqrt(count)); // prettier-ignore
  });
});

describe('Langevin sampling', () => {
  const walk = (params: Params, batchSize: number, count: number): StepSetting => {
    const { sketch } = regression(['loss.nll', { alpha: 0 }], ['negative.langevin', params]);
    return {
      sketch: {
        ...sketch,
        nodes: { ...sketch.nodes, points: ['data.points', { shape: 'parabola', count }] },
        training: { batchSize, seed: SEED },
      },
      state: { 'f.weight': [0], 'f.bias': [0.3] },
    };
  };

  it('has the spread of the energy that it samples from', async () => {
    const params = { steps: 80, rate: 0.05, beta: 4, buffer: 0, start: 'data' };
    const { part } = await trainingStep(walk(params, 4000, 5000));
    // F = (y − 0.3)² and y ← y − 2η(y − 0.3) + √(2η/β) ε: variance 1/(2β(1 − η)), which is the mean of F.
    const expected = 1 / (2 * 4 * (1 - 0.05));
    const error = (Math.SQRT2 * expected) / Math.sqrt(4000);
    expect(Math.abs(part('functional', 'F(ŷ)') - expected)).toBeLessThan(4 * error);
  });

  it('goes on from a buffer, a block of a batch in each step', async () => {
    const setting = walk({ steps: 2, buffer: 20, restart: 0 }, 5, 10);
    const name = 'sampler.chains';
    for (const step of [0, 1, 5]) {
      const { state, statistics } = await trainingStep({ ...setting, step });
      const before = defined(state[name], name);
      const after = defined(statistics[name], name);
      expect(before).toHaveLength(20);
      const moved = after.flatMap((value, index) => (value === before[index] ? [] : [index]));
      const first = (step % 4) * 5;
      expect(moved).toEqual([0, 1, 2, 3, 4].map((index) => first + index));
    }
  });

  it('starts some chains anew', async () => {
    const setting = walk({ steps: 1, rate: 0, buffer: 400, restart: 0.25, low: 5, high: 6 }, 400, 500); // prettier-ignore
    const { state, statistics } = await trainingStep(setting);
    const kept = defined(statistics['sampler.chains'], 'chains');
    // Chains that are kept are brought into the range, at its lower end.
    const before = defined(state['sampler.chains'], 'chains');
    const fresh = kept.filter((value, index) => value !== Math.max(before[index] ?? NaN, 5));
    expect(Math.abs(fresh.length / 400 - 0.25)).toBeLessThan(0.09);
    expect(fresh.every((value) => value >= 5 && value <= 6)).toBe(true);
  });
});

describe('two players', () => {
  const players = (params: Params): StepSetting => ({
    sketch: {
      nodes: {
        points: ['data.points', { shape: 'moons', count: 10 }],
        z: ['latent.continuous', { d: 3, mode: 'prior' }],
        made: ['module.linear', { width: 2 }],
        judge: ['module.mlp', { widths: [5], width: 2, activation: 'tanh' }],
        energy: ['energy.squared', { reduce: 'sum' }],
        sampler: 'negative.generator',
        functional: ['loss.adversarial', params],
      },
      edges: [
        ...['z.z -> made.in', 'points.y -> judge.in', 'judge.out -> energy.a'],
        'points.y -> energy.b',
        ...['points.y -> sampler.y', 'made.out -> sampler.sample'],
        ...['energy.energy -> functional.energy', 'sampler.negative -> functional.negative'],
      ],
      training: { batchSize: ROWS },
    },
  });

  it.each(['margin', 'wasserstein'])('each follow the gradient of their own loss: %s', async (form) => {
    const setting = players({ form, margin: 6 });
    const { gradients, part, loss } = await trainingStep(setting);
    expect(loss).toBeCloseTo(part('functional', 'energy') + part('functional', 'generator'), 10);
    for (const [owner, name] of [['judge', 'energy'], ['made', 'generator']] as const) {
      const weights = Object.keys(gradients).filter((key) => key.startsWith(`${owner}.`));
      expect(weights.length).toBeGreaterThan(1);
      for (const weight of weights) {
        const expected = await differences(setting, weight, (step) => step.part('functional', name));
        defined(gradients[weight], weight).forEach((slope, index) =>
          expect(slope).toBeCloseTo(expected[index] ?? NaN, 5),
        );
      }
    }
  }); // prettier-ignore
});

describe('what cannot be contrasted', () => {
  const faults = (sketch: StepSetting['sketch']): string[] =>
    analyse(sketchDocument(sketch), registry)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ code, nodeId }) => `${code} ${nodeId}`);
  const shuffle = ['negative.shuffle', {}] as const;
  const { sketch } = regression(['loss.hinge', {}], shuffle);

  it('is an energy that does not depend on what is replaced', () => {
    const edges = (sketch.edges ?? []).filter((edge) => edge !== 'points.y -> energy.b');
    expect(faults({ ...sketch, edges: [...edges, 'points.x -> energy.b'] })).toEqual([
      'contrast.independent functional',
    ]);
  });

  it('is a functional without contrastive points', () => {
    const edges = (sketch.edges ?? []).slice(0, -1);
    expect(faults({ ...sketch, edges })).toEqual(['node.missing-input functional']);
  });

  it('is a functional that needs other points', () => {
    expect(faults(regression(['loss.scoreMatching', {}], shuffle).sketch)).toEqual([
      'contrast.wrong-sampler functional',
    ]);
    const anywhere = ['negative.noise', { form: 'anywhere' }] as const;
    expect(faults(regression(['loss.scoreMatching', {}], anywhere).sketch)).toEqual([
      'contrast.wrong-sampler functional',
    ]);
    expect(faults(regression(['loss.adversarial', {}], shuffle).sketch)).toEqual([
      'contrast.wrong-sampler functional',
    ]);
  });

  it('is Gibbs sampling of an energy without conditionals', () => {
    expect(faults(regression(['loss.nll', {}], ['negative.gibbs', {}]).sketch)).toEqual([
      'contrast.no-conditionals sampler',
    ]);
  });

  it('is a sampler in whose steps inference would take steps', () => {
    const nested = regression(['loss.nll', {}], ['negative.langevin', {}]).sketch;
    const withLatent = (params: Params) => ({
      ...nested,
      nodes: { ...nested.nodes, z: ['latent.continuous', { d: 1, ...params }] as const, both: 'op.concat' }, // prettier-ignore
      edges: [
        ...(nested.edges ?? []).filter((edge) => edge !== 'points.x -> f.in'),
        ...['points.x -> both.in', 'z.z -> both.in', 'both.out -> f.in'],
      ],
    });
    expect(faults(withLatent({ mode: 'minimize' }))).toEqual(['contrast.nested-inference sampler']);
    expect(faults(withLatent({ mode: 'marginalize' }))).toEqual([]);
    expect(faults(withLatent({ mode: 'prior' }))).toEqual([]);
  });
});
