import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import { randomKey, RandomStream } from '../../core/random';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Builder } from '../../ir/builder';
import {
  l2Normalize,
  logSoftmax,
  logSumExp,
  softmax,
  standardNormal,
  variance,
} from '../../ir/compose';
import {
  elementCount,
  type OpKind,
  type Program,
  type Shape,
  type StateSpec,
  type Value,
} from '../../ir/types';
import { gradients } from './gradients';

interface Input {
  readonly shape: Shape;
  /** Range of the values; (−1.5, 1.5) when not given. */
  readonly range?: readonly [number, number];
}

interface Differentiable {
  readonly inputs: readonly Input[];
  readonly make: (builder: Builder, inputs: readonly Value[]) => Value;
}

const engine = createReferenceEngine();

function arrayOf(
  random: RandomStream,
  { shape, range: [low, high] = [-1.5, 1.5] }: Input,
): Float64Array {
  return Float64Array.from(
    { length: elementCount(shape) },
    () => low + (high - low) * random.uniform(),
  );
}

function stateInput(builder: Builder, index: number, { shape }: Input): Value {
  return builder.input('state', `x${index}`, shape, 'f32');
}

function stateSpec({ shape }: Input, index: number): StateSpec {
  return {
    name: `x${index}`,
    shape,
    dtype: 'f32',
    initializer: { kind: 'constant', value: 0 },
    purpose: 'weight',
    origin: null,
  };
}

function programOf(
  builder: Builder,
  inputs: readonly Input[],
  outputs: [string, Value][],
): Program {
  return {
    data: [],
    state: inputs.map(stateSpec),
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map(outputs),
  };
}

/** Σ value·c with fixed random c, so that every element of the result has a weight of its own. */
function contract(builder: Builder, value: Value, seed: number): Value {
  const random = new RandomStream(randomKey(seed, 'contract', value.shape.join()));
  const weights = Array.from({ length: elementCount(value.shape) }, () => 0.5 + random.uniform());
  return builder.sum(builder.mul(value, builder.literal(weights, value.shape)));
}

/**
 * Checks ∂L/∂x for L = Σ c·f(x) and ∂M/∂x for M = Σ_k Σ v_k·∂L/∂x_k against central differences in
 * float64, element by element.
 */
async function checkGradients({ inputs, make }: Differentiable, seed = 1): Promise<void> {
  const builder = new Builder();
  const values = inputs.map((input, index) => stateInput(builder, index, input));
  const first = contract(builder, make(builder, values), 3);
  const firstGradients = gradients(builder, first, values);
  const second = firstGradients
    .map((gradient, index) => contract(builder, gradient, 11 + index))
    .reduce((sum, term) => builder.add(sum, term));
  const secondGradients = gradients(builder, second, values);
  const program = programOf(builder, inputs, [
    ['first', first],
    ['second', second],
    ...firstGradients.map((gradient, i): [string, Value] => [`first ${i}`, gradient]),
    ...secondGradients.map((gradient, i): [string, Value] => [`second ${i}`, gradient]),
  ]);
  const executable = await engine.compile(program, new Map());
  const random = new RandomStream(randomKey(seed, 'inputs', ''));
  const point = inputs.map((input) => arrayOf(random, input));

  const evaluate = async (
    arrays: readonly Float64Array[],
  ): Promise<Map<string, ArrayLike<number>>> => {
    executable.writeState(new Map(arrays.map((array, index) => [`x${index}`, array])), 0);
    await executable.run(1);
    return executable.readOutputs();
  };
  const exact = await evaluate(point);
  const h = 1e-5;
  for (const [k, array] of point.entries()) {
    for (let i = 0; i < array.length; i++) {
      const moved = async (by: number): Promise<Map<string, ArrayLike<number>>> =>
        evaluate(point.map((other, j) => (j === k ? array.with(i, (array[i] ?? 0) + by) : other)));
      const [above, below] = [await moved(h), await moved(-h)];
      for (const order of ['first', 'second']) {
        const at = (run: Map<string, ArrayLike<number>>): number => run.get(order)?.[0] ?? NaN;
        const numeric = (at(above) - at(below)) / (2 * h);
        const symbolic = exact.get(`${order} ${k}`)?.[i] ?? NaN;
        const error = Math.abs(numeric - symbolic) / Math.max(1, Math.abs(numeric));
        expect(
          error,
          `${order} derivative by input ${k}[${i}]: ${symbolic}, ${numeric}`,
        ).toBeLessThan(2e-6);
      }
    }
  }
}

const elementwise = (
  make: (b: Builder, x: Value) => Value,
  range?: [number, number],
): Differentiable => ({
  inputs: [{ shape: [2, 3], range }],
  make: (b, [x]) => make(b, defined(x, 'x')),
});

const binary = (
  make: (b: Builder, x: Value, y: Value) => Value,
  left: Input,
  right: Input = left,
): Differentiable => ({
  inputs: [left, right],
  make: (b, [x, y]) => make(b, defined(x, 'x'), defined(y, 'y')),
});

const dots = (batch: Shape): Differentiable[] =>
  [false, true].flatMap((left) =>
    [false, true].map((right) =>
      binary(
        // Squared, so that second derivatives go through the product as well.
        (b, x, y) => b.square(b.dot(x, y, { left, right })),
        { shape: [...batch, ...(left ? [3, 2] : [2, 3])] },
        { shape: [...batch, ...(right ? [4, 3] : [3, 4])] },
      ),
    ),
  );

const conv = { strides: [2, 1], padding: [[1, 0], [0, 2]] } as const; // prettier-ignore
// x [2,5,4,2], filter [3,2,2,2] → y [2,2,5,2]
const [convInput, convFilter, convResult] = [[2, 5, 4, 2], [3, 2, 2, 2], [2, 2, 5, 2]] as const; // prettier-ignore

/** At least one function for each op that passes gradients on; [] for the ops that do not. */
const CASES: { readonly [K in OpKind]: readonly Differentiable[] } = {
  input: [],
  constant: [],
  literal: [],
  iota: [],
  random: [],
  sampleRows: [],
  iteration: [],
  carried: [],
  repeatResult: [],
  compare: [],
  cast: [],
  argReduce: [],
  unary: [
    ...(['neg', 'abs', 'exp', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'erf'] as const).map(
      (op) => elementwise((b, x) => b.unary(op, x)),
    ),
    elementwise((b, x) => b.mul(x, b.unary('sign', x))),
    elementwise((b, x) => b.mul(x, b.unary('floor', x)), [0.2, 0.8]),
    elementwise((b, x) => b.log(x), [0.3, 3]),
    elementwise((b, x) => b.sqrt(x), [0.3, 3]),
    elementwise((b, x) => b.unary('tanh', b.exp(b.unary('sin', x)))),
  ],
  binary: [
    binary((b, x, y) => b.square(b.add(x, y)), { shape: [2, 3] }, { shape: [3] }),
    binary((b, x, y) => b.square(b.sub(x, y)), { shape: [2, 1, 3] }, { shape: [4, 1] }),
    binary((b, x, y) => b.mul(x, y), { shape: [5] }),
    binary((b, x, y) => b.div(x, y), { shape: [5] }, { shape: [5], range: [0.5, 2] }),
    binary((b, x, y) => b.mul(b.max(x, y), y), { shape: [7] }),
    binary((b, x, y) => b.mul(b.min(x, y), x), { shape: [7] }),
    binary((b, x, y) => b.binary('pow', x, y), { shape: [5], range: [0.3, 2] }, { shape: [5] }),
    elementwise((b, x) => b.binary('pow', x, 2.5), [0.3, 2]),
    elementwise((b, x) => b.square(b.relu(x))),
  ],
  select: [
    binary((b, x, y) => b.select(b.compare('gt', x, y), b.square(x), b.mul(x, y)), { shape: [6] }),
  ],
  stopGradient: [
    // x·sg(2): the stopped part is a constant, whatever it is made of.
    elementwise((b, x) => b.mul(x, b.stopGradient(b.constant(2, x.shape)))),
  ],
  reshape: [elementwise((b, x) => b.square(b.reshape(x, [3, 1, 2])))],
  transpose: [
    {
      inputs: [{ shape: [2, 3, 4] }],
      make: (b, [x]) => b.square(b.transpose(defined(x, 'x'), [2, 0, 1])),
    },
  ],
  broadcast: [
    elementwise((b, x) => b.square(b.broadcast(x, [2, 4, 3, 2], [0, 2]))),
    {
      inputs: [{ shape: [1, 3] }],
      make: (b, [x]) => b.square(b.broadcast(defined(x, 'x'), [2, 2, 3], [1, 2])),
    },
  ],
  slice: [elementwise((b, x) => b.square(b.slice(x, [1, 0], [2, 2])))],
  pad: [elementwise((b, x) => b.square(b.pad(x, [1, 0], [0, 2], 3)))],
  concat: [
    binary((b, x, y) => b.square(b.concat([x, y, x], 1)), { shape: [2, 3] }, { shape: [2, 1] }),
  ],
  reduce: [
    elementwise((b, x) => b.square(b.sum(x, [1]))),
    elementwise((b, x) => b.square(b.sum(x))),
    elementwise((b, x) => b.square(b.reduce('max', x, [0]))),
    elementwise((b, x) => b.square(b.reduce('min', x))),
  ],
  dot: [...dots([]), ...dots([2])],
  conv2d: [
    binary(
      (b, x, f) => b.square(b.conv2d(x, f, conv)),
      { shape: convInput },
      { shape: convFilter },
    ),
  ],
  conv2dInputGradient: [
    binary(
      (b, g, f) => b.square(b.conv2dInputGradient(g, f, convInput, conv)),
      { shape: convResult },
      { shape: convFilter },
    ),
  ],
  conv2dFilterGradient: [
    binary(
      (b, x, g) => b.square(b.conv2dFilterGradient(x, g, convFilter, conv)),
      { shape: convInput },
      { shape: convResult },
    ),
  ],
  gather: [
    {
      inputs: [{ shape: [4, 2] }],
      make: (b, [x]) =>
        b.square(b.gather(defined(x, 'x'), b.literal([2, 0, 2, 3, 2, 0], [3, 2], 'i32'))),
    },
  ],
  scatterAdd: [
    {
      inputs: [{ shape: [5, 2] }],
      make: (b, [x]) =>
        b.square(b.scatterAdd(b.literal([2, 0, 2, 3, 2], [5], 'i32'), defined(x, 'x'), [4, 2])),
    },
  ],
};

const COMPOSITES: Readonly<Record<string, Differentiable>> = {
  softmax: elementwise((b, x) => softmax(b, x, 1)),
  logSoftmax: elementwise((b, x) => logSoftmax(b, x, 0)),
  logSumExp: elementwise((b, x) => logSumExp(b, x, [0, 1])),
  variance: elementwise((b, x) => variance(b, x, [0], 1)),
  l2Normalize: elementwise((b, x) => l2Normalize(b, x, 1)),
  'a layer norm and its loss': {
    inputs: [{ shape: [4, 3] }, { shape: [3, 5] }, { shape: [5] }],
    make: (b, [x, w, bias]) => {
      const hidden = b.add(b.dot(defined(x, 'x'), defined(w, 'w')), defined(bias, 'bias'));
      const scale = b.sqrt(b.add(variance(b, hidden, [1], 0), 1e-2));
      return b.unary('tanh', b.div(hidden, b.broadcast(scale, [4, 5], [0])));
    },
  },
  'covariance of features': {
    inputs: [{ shape: [6, 3] }],
    make: (b, [x]) => {
      const z = defined(x, 'x');
      return b.square(b.dot(z, z, { left: true }));
    },
  },
};

describe('gradients against central differences, first and second order', () => {
  for (const [kind, cases] of Object.entries(CASES)) {
    if (cases.length === 0) continue;
    it(kind, async () => {
      for (const [index, one] of cases.entries()) await checkGradients(one, index + 1);
    });
  }
  for (const [name, one] of Object.entries(COMPOSITES)) {
    it(name, () => checkGradients(one));
  }
});

/** Evaluates f and its gradient at given points. */
async function gradientAt(
  points: readonly (readonly number[])[],
  make: (builder: Builder, inputs: readonly Value[]) => Value,
  times: 1 | 2 = 1,
): Promise<number[][]> {
  const builder = new Builder();
  const inputs = points.map((point): Input => ({ shape: [point.length] }));
  const values = inputs.map((input, index) => stateInput(builder, index, input));
  let made = gradients(builder, builder.sum(make(builder, values)), values);
  if (times === 2) made = gradients(builder, builder.sum(defined(made[0], 'gradient')), values);
  const program = programOf(
    builder,
    inputs,
    made.map((gradient, index): [string, Value] => [`g${index}`, gradient]),
  );
  const executable = await engine.compile(program, new Map());
  executable.writeState(new Map(points.map((point, i) => [`x${i}`, Float64Array.from(point)])));
  await executable.run(1);
  return [...(await executable.readOutputs()).values()].map((array) => [...array]);
}

describe('conventions where a function has no derivative', () => {
  const only = (values: readonly Value[]): Value => defined(values[0], 'x');

  it('relu′(0) = 0; equal operands of max share', async () => {
    expect(await gradientAt([[-1, 0, 2]], (b, x) => b.relu(only(x)))).toEqual([[0, 0, 1]]);
    const shared = await gradientAt([[1, 2], [1, 3]], (b, [x, y]) => b.max(defined(x, 'x'), defined(y, 'y'))); // prettier-ignore
    expect(shared).toEqual([[0.5, 0], [0.5, 1]]); // prettier-ignore
  });

  it('elements that share an extreme share the gradient', async () => {
    const made = await gradientAt([[2, 5, 5, 1]], (b, x) => b.reduce('max', only(x)));
    expect(made).toEqual([[0, 0.5, 0.5, 0]]);
  });

  it('a norm at 0 has gradient 0, not NaN, and so has its derivative', async () => {
    const norm = (b: Builder, x: readonly Value[]): Value => b.sqrt(b.sum(b.square(only(x))));
    expect(await gradientAt([[0, 0]], norm)).toEqual([[0, 0]]);
    expect(await gradientAt([[0, 0]], norm, 2)).toEqual([[0, 0]]);
    const unit = await gradientAt([[0, 0]], (b, x) => l2Normalize(b, only(x), 0));
    expect(unit.flat().every(Number.isFinite)).toBe(true);
  });

  it('abs′(0) = 0', async () => {
    expect(await gradientAt([[0, -3]], (b, x) => b.unary('abs', only(x)))).toEqual([[0, -1]]);
  });
});

describe('what stops gradients', () => {
  it('gives constant zeros where there is no dependency', () => {
    const builder = new Builder();
    const x = builder.input('state', 'x', [3], 'f32');
    const y = builder.input('state', 'y', [2, 2], 'f32');
    const step = builder.input('step', 'step', [], 'i32');
    const noise = standardNormal(builder, [1, 2], step, [3]);
    const output = builder.sum(builder.mul(builder.stopGradient(x), noise));
    for (const gradient of gradients(builder, output, [x, y])) {
      expect(gradient).toMatchObject({ kind: 'constant', attributes: { value: 0 } });
    }
    expect(gradients(builder, output, [y])[0]?.shape).toEqual([2, 2]);
  });

  it('is 1 for the output itself, and goes on below a value that is asked for', async () => {
    const builder = new Builder();
    const x = builder.input('state', 'x0', [], 'f32');
    const y = builder.exp(x);
    const z = builder.mul(y, y);
    const made = gradients(builder, z, [z, y, x]);
    const program = programOf(builder, [{ shape: [] }], made.map((g, i): [string, Value] => [`${i}`, g])); // prettier-ignore
    const executable = await engine.compile(program, new Map());
    await executable.run(1);
    const values = [...(await executable.readOutputs()).values()].map(([first]) => first);
    expect(values).toEqual([1, 2, 2]);
  });

  it('attributes a gradient to the node of the value it belongs to', () => {
    const builder = new Builder();
    const x = builder.input('state', 'x', [3], 'f32');
    const y = builder.withOrigin('encoder', () => builder.unary('tanh', x));
    const loss = builder.withOrigin('loss', () => builder.sum(builder.square(y)));
    const [gradient] = gradients(builder, loss, [x]);
    expect(gradient?.origin).toBe('encoder');
  });
});

describe('inside a repeat', () => {
  // E(z) = Σ (W z − y)², so ∂E/∂z = 2 Wᵀ(W z − y), and ∂E/∂W = 2 (W z − y) zᵀ at the z that was found.
  const W = [0.5, -0.2, 0.1, 0.7, 0.3, -0.4];
  const y = [1, -2, 0.5];
  const [steps, rate] = [6, 0.2];

  function infer(): { z: number[]; residual: number[] } {
    let z = [0, 0];
    const residualAt = (at: number[]): number[] =>
      y.map(
        (target, i) => (W[2 * i] ?? 0) * (at[0] ?? 0) + (W[2 * i + 1] ?? 0) * (at[1] ?? 0) - target,
      );
    for (let step = 0; step < steps; step++) {
      const r = residualAt(z);
      z = z.map(
        (value, j) =>
          value - rate * 2 * r.reduce((sum, ri, i) => sum + ri * (W[2 * i + j] ?? 0), 0),
      );
    }
    return { z, residual: residualAt(z) };
  }

  it('descends an energy by carried values, and takes the result as a constant', async () => {
    const builder = new Builder();
    const weights = builder.input('state', 'x0', [3, 2], 'f32');
    const target = builder.literal(y, [3, 1]);
    const energy = (z: Value): Value =>
      builder.sum(builder.square(builder.sub(builder.dot(weights, z), target)));
    const [found] = builder.repeat(steps, [builder.constant(0, [2, 1])], ([now]) => {
      const z = defined(now, 'z');
      const [slope] = gradients(builder, energy(z), [z]);
      return [builder.sub(z, builder.mul(defined(slope, 'slope'), rate))];
    });
    const [byWeights] = gradients(builder, energy(defined(found, 'z')), [weights]);
    const program = programOf(
      builder,
      [{ shape: [3, 2] }],
      [
        ['z', defined(found, 'z')],
        ['gradient', defined(byWeights, 'gradient')],
      ],
    );
    const executable = await engine.compile(program, new Map());
    executable.writeState(new Map([['x0', Float64Array.from(W)]]));
    await executable.run(1);
    const outputs = await executable.readOutputs();
    const { z, residual } = infer();
    z.forEach((value, i) => expect(outputs.get('z')?.[i]).toBeCloseTo(value, 12));
    residual
      .flatMap((r) => z.map((value) => 2 * r * value))
      .forEach((value, i) => expect(outputs.get('gradient')?.[i]).toBeCloseTo(value, 12));
  });

  it('differentiates twice: descending the squared slope is Newton-like', async () => {
    const builder = new Builder();
    // E(z) = z⁴/4: E′ = z³, ∂(E′²/2)/∂z = z³·3z².
    const [found] = builder.repeat(3, [builder.literal([0.9])], ([now]) => {
      const z = defined(now, 'z');
      const energy = builder.sum(builder.mul(builder.square(builder.square(z)), 0.25));
      const slope = defined(gradients(builder, energy, [z])[0], 'slope');
      const steepness = builder.mul(builder.sum(builder.square(slope)), 0.5);
      const curvature = defined(gradients(builder, steepness, [z])[0], 'curvature');
      return [builder.sub(z, builder.mul(curvature, 0.1))];
    });
    const program = programOf(builder, [], [['z', defined(found, 'z')]]);
    const executable = await engine.compile(program, new Map());
    await executable.run(1);
    let z = 0.9;
    for (let step = 0; step < 3; step++) z -= 0.1 * 3 * z ** 5;
    expect((await executable.readOutputs()).get('z')?.[0]).toBeCloseTo(z, 14);
  });
});
