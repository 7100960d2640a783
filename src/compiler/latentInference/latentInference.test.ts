import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import { RandomStream } from '../../core/random';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { differences, trainingStep, type StepSetting } from '../../../tests/support/trainingStep';

const ROWS = 8;

/** Points of the plane, the same at every run. */
const points = Array.from({ length: 2 * ROWS }, (_, index) =>
  Math.fround(Math.sin(1 + 1.7 * index)),
);

/** A latent that a linear map takes to the plane, compared with points there. */
function decoded(
  latent: readonly [string, Readonly<Record<string, unknown>>],
  more: { nodes?: StepSetting['sketch']['nodes']; edges?: readonly string[] } = {},
): StepSetting {
  return {
    sketch: {
      nodes: {
        points: ['data.points', { shape: 'moons', count: 10 }],
        z: latent,
        decoder: ['module.linear', { width: 2 }],
        energy: ['energy.squared', { reduce: 'sum' }],
        ...more.nodes,
      },
      edges: [
        'z.z -> decoder.in',
        'decoder.out -> energy.a',
        'points.y -> energy.b',
        ...(more.edges ?? []),
      ],
      training: { batchSize: ROWS },
    },
    columns: { y: points },
  };
}

function expectClose(actual: readonly number[], expected: readonly number[], within: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) =>
    expect(Math.abs(value - defined(expected[index], 'value'))).toBeLessThan(within),
  );
}

async function expectExactGradients(
  setting: StepSetting,
  names: readonly string[],
  within = 1e-6,
): Promise<void> {
  const { gradients } = await trainingStep(setting);
  for (const name of names) {
    const found = defined(gradients[name], name);
    expect(Math.max(...found.map(Math.abs)), name).toBeGreaterThan(1e-3);
    expectClose(found, await differences(setting, name), within);
  }
}

/** E(y, z) of each row for each code, by hand: ‖y − (zW + b)‖². */
function codeEnergies(
  state: Readonly<Record<string, readonly number[]>>,
  codes: readonly (readonly number[])[],
): number[][] {
  const weight = defined(state['decoder.weight'], 'weight');
  const bias = defined(state['decoder.bias'], 'bias');
  return Array.from({ length: ROWS }, (_, row) =>
    codes.map((code) =>
      [0, 1].reduce((sum, axis) => {
        const made = code.reduce(
          (total, z, index) => total + z * (weight[2 * index + axis] ?? NaN),
          bias[axis] ?? NaN,
        );
        return sum + (made - (points[2 * row + axis] ?? NaN)) ** 2;
      }, 0),
    ),
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function softMin(energies: readonly number[], beta: number, measure = 1): number {
  const least = Math.min(...energies);
  const total = energies.reduce((sum, energy) => sum + measure * Math.exp(-beta * (energy - least)), 0); // prettier-ignore
  return least - Math.log(total) / beta;
}

const oneHot = (count: number): number[][] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) => Number(row === column)),
  );

const WEIGHTS = ['decoder.weight', 'decoder.bias'];

describe('minimize', () => {
  const bounded = {
    nodes: { bound: ['reg.l2', { weight: 0.3 }] as const },
    edges: ['z.z -> bound.z'],
  };

  it('gives ∂E/∂w at the minimiser, which is the gradient of the minimised energy', async () => {
    for (const method of ['adaptive', 'accelerated']) {
      const setting = decoded(['latent.continuous', { d: 3, steps: 300, method }], bounded);
      await expectExactGradients(setting, WEIGHTS);
    }
  });

  it('finds the same sparse code with momentum, which is FISTA', async () => {
    const sparse = {
      nodes: { bound: ['reg.l1', { weight: 0.2 }] as const },
      edges: ['z.z -> bound.z'],
    };
    const loss = async (steps: number, method: string): Promise<number> => {
      const latent = { d: 5, steps, method, rate: 0.3 };
      return (await trainingStep(decoded(['latent.continuous', latent], sparse))).loss;
    };
    const least = await loss(800, 'adaptive');
    expect(Math.abs((await loss(800, 'accelerated')) - least)).toBeLessThan(1e-9);
    let last = Infinity;
    for (const steps of [0, 1, 2, 5, 10, 20, 40, 80]) {
      const now = await loss(steps, 'accelerated');
      expect(now).toBeLessThanOrEqual(last);
      last = now;
    }
  });

  it('is differentiated through its steps when unrolled', async () => {
    for (const [init, method] of [
      ['zero', 'adaptive'],
      ['prior', 'adaptive'],
      ['prior', 'accelerated'],
    ]) {
      const latent = { d: 3, steps: 3, unroll: true, init, method, rate: 0.2 };
      await expectExactGradients(decoded(['latent.continuous', latent], bounded), WEIGHTS);
    }
  });

  it('is far from that gradient after the same few steps when it is not', async () => {
    const setting = decoded(['latent.continuous', { d: 3, steps: 2, rate: 0.02 }], bounded);
    const { gradients } = await trainingStep(setting);
    const slopes = await differences(setting, 'decoder.weight');
    const found = defined(gradients['decoder.weight'], 'gradient');
    const distances = found.map((value, index) => Math.abs(value - (slopes[index] ?? NaN)));
    expect(Math.max(...distances)).toBeGreaterThan(1e-3);
  });
});

describe('exhaustive', () => {
  it('takes the least energy of all codes', async () => {
    const setting = decoded(['latent.discrete', { k: 4 }]);
    const { loss, state } = await trainingStep(setting);
    const energies = codeEnergies(state, oneHot(4));
    expect(loss).toBeCloseTo(mean(energies.map((row) => Math.min(...row))), 12);
    await expectExactGradients(setting, WEIGHTS);
  });

  it('looks at all 2ᴷ values of binary units', async () => {
    const setting = decoded(['latent.discrete', { k: 3, form: 'binary' }]);
    const { loss, state } = await trainingStep(setting);
    const codes = Array.from({ length: 8 }, (_, code) => [0, 1, 2].map((bit) => (code >> bit) & 1));
    const energies = codeEnergies(state, codes);
    expect(loss).toBeCloseTo(mean(energies.map((row) => Math.min(...row))), 12);
  });

  it('descends from the best point of a grid', async () => {
    const coarse = decoded([
      'latent.continuous',
      { d: 1, mode: 'exhaustive', grid: 5, refine: 60 },
    ]);
    const { loss, state } = await trainingStep(coarse);
    // The minimum over z of ‖y − b − zw‖² is what is left of y − b across w.
    const [w0 = NaN, w1 = NaN] = defined(state['decoder.weight'], 'weight');
    const [b0 = NaN, b1 = NaN] = defined(state['decoder.bias'], 'bias');
    const across = Array.from({ length: ROWS }, (_, row) => {
      const [y0 = NaN, y1 = NaN] = points.slice(2 * row);
      return ((y0 - b0) * w1 - (y1 - b1) * w0) ** 2 / (w0 ** 2 + w1 ** 2);
    });
    expect(loss).toBeCloseTo(mean(across), 6);
  });
});

describe('marginalize', () => {
  it('is −1/β log of a sum over codes, and has its gradient', async () => {
    for (const beta of [0.3, 2.5, 40]) {
      const setting = decoded(['latent.discrete', { k: 4, mode: 'marginalize', beta }]);
      const { loss, state } = await trainingStep(setting);
      const energies = codeEnergies(state, oneHot(4));
      expect(loss).toBeCloseTo(mean(energies.map((row) => softMin(row, beta))), 10);
      await expectExactGradients(setting, WEIGHTS);
    }
  });

  it('has a live β', async () => {
    const setting = decoded(['latent.discrete', { k: 4, mode: 'marginalize', beta: 1 }]);
    const { loss, state } = await trainingStep({ ...setting, live: { 'z.beta': 7 } });
    const energies = codeEnergies(state, oneHot(4));
    expect(loss).toBeCloseTo(mean(energies.map((row) => softMin(row, 7))), 10);
  });

  it('integrates over a grid in one and two dimensions, without dividing by its size', async () => {
    for (const d of [1, 2]) {
      const grid = 20;
      const latent = { d, mode: 'marginalize', beta: 2, grid, extent: 4 };
      const { loss, state } = await trainingStep(decoded(['latent.continuous', latent]));
      const cell = 8 / grid;
      const axis = Array.from({ length: grid }, (_, index) => -4 + (index + 0.5) * cell);
      const codes = d === 1 ? axis.map((z) => [z]) : axis.flatMap((a) => axis.map((b) => [a, b]));
      const energies = codeEnergies(state, codes);
      expect(loss).toBeCloseTo(mean(energies.map((row) => softMin(row, 2, cell ** d))), 10);
    }
    const latent = { d: 2, mode: 'marginalize', beta: 2, grid: 12 };
    await expectExactGradients(decoded(['latent.continuous', latent]), WEIGHTS);
  });

  it('takes the mean over draws from the prior in more dimensions', async () => {
    const latent = { d: 3, mode: 'marginalize', beta: 0.7, samples: 40 };
    const setting = decoded(['latent.continuous', latent]);
    await expectExactGradients(setting, WEIGHTS);
    const many = decoded(['latent.continuous', { ...latent, samples: 4096 }]);
    const { loss, state } = await trainingStep(many);
    const draws = new RandomStream([1, 2]);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - draws.uniform())) * Math.cos(2 * Math.PI * draws.uniform());
    const codes = Array.from({ length: 40_000 }, () => [normal(), normal(), normal()]);
    const energies = codeEnergies(state, codes);
    const expected = mean(energies.map((row) => softMin(row, 0.7, 1 / codes.length)));
    expect(Math.abs(loss - expected)).toBeLessThan(0.05);
  });

  it('looks at all combinations of two variables that share an energy', async () => {
    const latent = ['latent.discrete', { k: 2, mode: 'marginalize', beta: 1.5 }] as const;
    const other = ['latent.discrete', { k: 3, mode: 'marginalize', beta: 1.5 }] as const;
    const setting: StepSetting = {
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 10 }],
          z: latent,
          w: other,
          both: 'op.concat',
          decoder: ['module.linear', { width: 2 }],
          energy: ['energy.squared', { reduce: 'sum' }],
        },
        edges: [
          ...['z.z -> both.in', 'w.z -> both.in', 'both.out -> decoder.in'],
          ...['decoder.out -> energy.a', 'points.y -> energy.b'],
        ],
        training: { batchSize: ROWS },
      },
      columns: { y: points },
    };
    const { loss, state } = await trainingStep(setting);
    const codes = oneHot(2).flatMap((a) => oneHot(3).map((b) => [...a, ...b]));
    const energies = codeEnergies(state, codes);
    expect(loss).toBeCloseTo(mean(energies.map((row) => softMin(row, 1.5))), 10);
    await expectExactGradients(setting, WEIGHTS);
  });

  it('counts a regularizer of z with its weight, and an energy with its own', async () => {
    const setting = decoded(['latent.discrete', { k: 3, form: 'binary', mode: 'marginalize' }], {
      nodes: {
        energy: ['energy.squared', { reduce: 'sum', weight: 2 }],
        sparse: ['reg.l1', { weight: 0.4 }],
      },
      edges: ['z.z -> sparse.z'],
    });
    const { loss, state } = await trainingStep(setting);
    const codes = Array.from({ length: 8 }, (_, code) => [0, 1, 2].map((bit) => (code >> bit) & 1));
    const penalty = codes.map((code) => 0.4 * code.reduce((sum, unit) => sum + unit, 0));
    const energies = codeEnergies(state, codes).map((row) =>
      row.map((energy, index) => 2 * energy + (penalty[index] ?? NaN)),
    );
    expect(loss).toBeCloseTo(mean(energies.map((row) => softMin(row, 1))), 10);
    await expectExactGradients(setting, WEIGHTS);
  });

  it('updates running statistics below the variable from all rows that it looks at', async () => {
    const setting = decoded(['latent.discrete', { k: 4, mode: 'marginalize' }], {
      nodes: { decoder: ['module.mlp', { widths: [3], width: 2, normalisation: 'batch' }] },
    });
    const { statistics } = await trainingStep(setting);
    const names = Object.keys(statistics).filter((name) => name.startsWith('decoder.'));
    expect(names.length).toBeGreaterThan(0);
    expect(names.some((name) => (statistics[name] ?? []).some((x) => x !== 0 && x !== 1))).toBe(true); // prettier-ignore
  });
});

describe('langevin', () => {
  it('draws z with the spread of its energy', async () => {
    const rows = 4000;
    const latent = { d: 2, mode: 'langevin', steps: 60, rate: 0.1, beta: 2 };
    const { value } = await trainingStep({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 5000 }],
          z: ['latent.continuous', latent],
          bound: ['reg.l2', { weight: 1 }],
          f: ['module.linear', { width: 2 }],
          energy: ['energy.squared', { weight: 0 }],
        },
        edges: ['z.z -> bound.z', 'z.z -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
        training: { batchSize: rows },
      },
    });
    // z ← (1 − 2η) z + √(2η/β) ε settles at a variance of 1/(2β(1 − η)); E = ‖z‖² in two dimensions.
    const variance = 1 / (2 * 2 * (1 - 0.1));
    const error = (2 * variance) / Math.sqrt(rows);
    expect(Math.abs(value('bound') - 2 * variance)).toBeLessThan(4 * error);
  });
});

describe('amortized', () => {
  it('is the Gaussian latent with mean and log-variance in one input', async () => {
    const nodes = {
      points: ['data.points', { shape: 'moons', count: 10 }],
      encoder: ['module.linear', { width: 4 }],
      decoder: ['module.linear', { width: 2 }],
      energy: 'energy.squared',
    } as const;
    const shared = ['points.y -> encoder.in', 'z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b']; // prettier-ignore
    const training = { batchSize: ROWS };
    const amortized = await trainingStep({
      sketch: {
        nodes: { ...nodes, z: ['latent.continuous', { d: 2, mode: 'amortized' }] },
        edges: [...shared, 'encoder.out -> z.guess'],
        training,
      },
      columns: { y: points },
    });
    const gaussian = await trainingStep({
      sketch: {
        nodes: {
          ...nodes,
          mean: ['op.slice', { axis: 'features', start: 0, end: 2 }],
          logVariance: ['op.slice', { axis: 'features', start: 2, end: 4 }],
          z: 'latent.gaussian',
        },
        edges: [
          ...shared,
          ...['encoder.out -> mean.in', 'encoder.out -> logVariance.in'],
          ...['mean.out -> z.mean', 'logVariance.out -> z.logVariance'],
        ],
        training,
      },
      columns: { y: points },
      state: amortized.state,
    });
    expect(amortized.loss).toBeCloseTo(gaussian.loss, 12);
    for (const [name, slope] of Object.entries(gaussian.gradients)) {
      expectClose(amortized.gradients[name] ?? [], slope, 1e-12);
    }
  });
});

describe('what it costs to look at every value', () => {
  const codes = (k: number, batchSize = 128) => {
    const { sketch } = decoded(['latent.discrete', { k }]);
    const { diagnostics } = analyse(
      sketchDocument({ ...sketch, training: { batchSize } }),
      registry,
    );
    return diagnostics.filter(({ code }) => code === 'free.many-codes');
  };

  it('is told where it is much, and refused at the node where it is too much', () => {
    expect(codes(10)).toEqual([]);
    expect(codes(300)).toMatchObject([{ severity: 'info', nodeId: 'z' }]);
    const [refused] = codes(10_000);
    expect(refused).toMatchObject({ severity: 'error', nodeId: 'z' });
    expect(refused?.message).toMatch(/10\s000 values/);
    expect(refused?.message).toMatch(/1\s280\s000 times/);
    expect(codes(1_000_000)).toMatchObject([{ severity: 'error' }]);
  });
});
