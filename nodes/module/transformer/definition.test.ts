import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import { largestDifference, rowsOf, scatter, tensorOf } from '../../shared/testing/tensor';
import { moduleTransformer } from './definition';

const WIDTH = 6;
const params = { patch: 2, width: WIDTH, depth: 2, heads: 2, expansion: 2 };
const images = tensorOf([2, 4, 6, 1], scatter(1));

function block(index: number): Record<string, number[]> {
  const seed = 100 * (index + 1);
  const shapes: [string, number[]][] = [
    ['attentionNorm.scale', [WIDTH]],
    ['attentionNorm.shift', [WIDTH]],
    ['attention.weight', [WIDTH, 3 * WIDTH]],
    ['attention.bias', [3 * WIDTH]],
    ['projection.weight', [WIDTH, WIDTH]],
    ['projection.bias', [WIDTH]],
    ['mlpNorm.scale', [WIDTH]],
    ['mlpNorm.shift', [WIDTH]],
    ['mlp.0.weight', [WIDTH, 2 * WIDTH]],
    ['mlp.0.bias', [2 * WIDTH]],
    ['mlp.1.weight', [2 * WIDTH, WIDTH]],
    ['mlp.1.bias', [WIDTH]],
  ];
  return Object.fromEntries(
    shapes.map(([name, shape], offset) => [`${index}.${name}`, numbers(seed + offset, shape)]),
  );
}

const weights = {
  'embedding.weight': numbers(2, [4, WIDTH]),
  'embedding.bias': numbers(3, [WIDTH]),
  position: numbers(4, [6, WIDTH]),
  ...block(0),
  ...block(1),
  'norm.scale': numbers(5, [WIDTH]),
  'norm.shift': numbers(6, [WIDTH]),
};

// The numbers are of PyTorch 1.13 in float64 with the weights above: nn.Conv2d(stride=2) as patch embedding, two
// nn.TransformerEncoderLayer(norm_first=True, activation='gelu', dropout=0) and a layer_norm.
describe('module.transformer', () => {
  it('makes the tokens that PyTorch makes of the patches of an image', async () => {
    const run = { params: { ...params, output: 'tokens' }, inputs: { in: images }, weights };
    const { outputs, types } = await runNode(moduleTransformer, run);
    expect(types['out']).toEqual(tensorType([6, WIDTH]));
    const { values } = defined(outputs['out'], 'out');
    const first = [1.28985129, -0.773177146, -0.166492228, -0.921731146, 0.575854986, -0.301148242];
    expect(largestDifference(values.slice(0, 6), first)).toBeLessThan(1e-8);
    const last = [-0.283025865, -0.973721848, 0.245084205, -0.41046622];
    expect(largestDifference(values.slice(-4), last)).toBeLessThan(1e-8);
    expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(-2.71325049, 7);
  });

  it('gives their mean, with the gradient that PyTorch has', async () => {
    const run = { params, inputs: { in: images }, weights, gradientOf: 'out' };
    const { outputs, gradients } = await runNode(moduleTransformer, run);
    const mean = [
      1.3130086, -0.702989251, -0.145275148, -0.841803332, 0.517729689, -0.257441655, 1.19302598,
      -0.620194772, -0.00504315828, -0.952460172, 0.418571036, -0.369336229,
    ];
    expect(largestDifference(outputs['out']?.values ?? [], mean)).toBeLessThan(1e-8);
    const gradient = [-0.0533848185, -0.0044936845, 0.0160210983, -7.28220225e-5, -0.00849135054];
    const found = gradients['in']?.[0]?.values.slice(0, 5) ?? [];
    expect(largestDifference(found, gradient)).toBeLessThan(1e-9);
  });

  it('has the gradient that finite differences have', async () => {
    // With a scale of its own for each number: the plain sum of a layer norm does not change.
    const norm = { 'norm.scale': numbers(5, [WIDTH]) };
    const sequence = tensorOf([2, 3, 2], scatter(2), { timed: true });
    for (const input of [tensorOf([2, 4, 2, 1], scatter(1)), sequence]) {
      for (const output of ['mean', 'tokens']) {
        const run = { params: { ...params, output }, inputs: { in: input }, weights: norm };
        expect(await gradientError(moduleTransformer, run, 'out')).toBeLessThan(1e-7);
      }
    }
  });

  it('takes scores that would overflow an exponential', async () => {
    const loud = Array<number>(WIDTH * 3 * WIDTH).fill(500);
    const run = { params, inputs: { in: images }, weights: { ...weights, '0.attention.weight': loud } }; // prettier-ignore
    const values = await runOutput(moduleTransformer, 'out', run);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('takes the steps of a sequence of vectors as tokens', async () => {
    const list = tensorOf([2, 5, 3], scatter(1));
    const sequence = { ...list, timed: true };
    const own = { params: { ...params, output: 'tokens' } };
    const ofList = await runNode(moduleTransformer, { ...own, inputs: { in: list } });
    const ofSteps = await runNode(moduleTransformer, { ...own, inputs: { in: sequence } });
    expect(ofList.types['out']).toEqual(tensorType([5, WIDTH]));
    expect(ofSteps.types['out']).toEqual(tensorType([WIDTH], 5));
    expect(ofSteps.outputs['out']).toEqual(ofList.outputs['out']);
    const mean = await runNode(moduleTransformer, { params, inputs: { in: sequence } });
    expect(mean.types['out']).toEqual(tensorType([WIDTH]));
  });

  it('takes the images of a sequence one by one', async () => {
    const film = tensorOf([1, 2, 4, 6, 1], scatter(1), { timed: true });
    const { outputs, types } = await runNode(moduleTransformer, { params, inputs: { in: film }, weights }); // prettier-ignore
    expect(types['out']).toEqual(tensorType([WIDTH], 2));
    const single = await runOutput(moduleTransformer, 'out', { params, inputs: { in: images }, weights }); // prettier-ignore
    expect(outputs['out']).toEqual({ shape: [1, 2, WIDTH], values: single });
  });

  it('joins its inputs token by token, and gives a vector to every token', async () => {
    const list = tensorOf([2, 3, 1], scatter(1));
    const vector = tensorOf([2, 2], scatter(2));
    const joined = tensorOf([2, 3, 3], (index) => {
      const [row, token, feature] = [Math.floor(index / 9), Math.floor(index / 3), index % 3];
      const number = feature === 0 ? list.values[token] : vector.values[2 * row + feature - 1];
      return number ?? NaN;
    });
    const run = { params, seed: 3 };
    const together = await runOutput(moduleTransformer, 'out', { ...run, inputs: { in: [list, vector] } }); // prettier-ignore
    const expected = await runOutput(moduleTransformer, 'out', { ...run, inputs: { in: joined } });
    expect(together).toEqual(expected);

    // A vector that does not change goes to every step of a sequence.
    const steps = { ...list, timed: true };
    const overTime = { ...run, params: { ...params, output: 'tokens' } };
    const timed = await runNode(moduleTransformer, {
      ...overTime,
      inputs: { in: [steps, vector] },
    });
    expect(timed.types['out']).toEqual(tensorType([WIDTH], 3));
    const untimed = await runOutput(moduleTransformer, 'out', { ...overTime, inputs: { in: joined } }); // prettier-ignore
    expect(timed.outputs['out']?.values).toEqual(untimed);
  });

  it('does not tell tokens apart but by their positions', async () => {
    const list = tensorOf([1, 4, 3], scatter(1));
    const [rows] = [rowsOf({ shape: [4, 3], values: list.values })];
    const turned = { ...list, values: [...rows.slice(1), ...rows.slice(0, 1)].flat() };
    const none = { position: Array<number>(4 * WIDTH).fill(0) };
    const mean = (input: typeof list, given: Record<string, number[]>) =>
      runOutput(moduleTransformer, 'out', { params, inputs: { in: input }, weights: given });
    expect(largestDifference(await mean(list, none), await mean(turned, none))).toBeLessThan(1e-12);
    const positions = { position: numbers(7, [4, WIDTH]) };
    const apart = largestDifference(await mean(list, positions), await mean(turned, positions));
    expect(apart).toBeGreaterThan(1e-3);
  });

  // Five tokens of three numbers; the second and the last are hidden.
  const HIDDEN = [0, 1, 0, 0, 1];
  const SHOWN = [0, 2, 3];
  const five = tensorOf([2, 5, 3], scatter(4));
  const mask = tensorOf([2, 5, 1], (index) => HIDDEN[index % 5] ?? NaN);
  const placed = numbers(6, [5, WIDTH]);
  /** The same with other content where it is hidden. */
  const otherwise = {
    ...five,
    values: five.values.map((x, index) => (HIDDEN[Math.floor(index / 3) % 5] === 1 ? 7 - x : x)),
  };

  it('takes hidden tokens for absent: nothing of them reaches the others', async () => {
    const own = { ...weights, 'embedding.weight': numbers(8, [3, WIDTH]) };
    const of = (output: string, input: typeof five) =>
      runOutput(moduleTransformer, 'out', {
        params: { ...params, output, masked: 'absent' },
        inputs: { in: input, mask },
        weights: { ...own, position: placed },
      });
    // What is left, at its own places, in a transformer that knows of no mask.
    const left = rowsOf({ shape: [10, 3], values: five.values });
    const short = {
      ...five,
      shape: [2, 3, 3],
      values: [0, 1].flatMap((row) => SHOWN.flatMap((token) => left[5 * row + token] ?? [])),
    };
    const position = SHOWN.flatMap((token) => placed.slice(WIDTH * token, WIDTH * (token + 1)));
    const alone = (output: string) =>
      runOutput(moduleTransformer, 'out', {
        params: { ...params, output },
        inputs: { in: short },
        weights: { ...own, position },
      });
    const found = rowsOf({ shape: [10, WIDTH], values: await of('tokens', five) });
    const expected = rowsOf({ shape: [6, WIDTH], values: await alone('tokens') });
    found.forEach((token, index) => {
      const [row, place] = [Math.floor(index / 5), index % 5];
      const wanted = SHOWN.includes(place)
        ? (expected[3 * row + SHOWN.indexOf(place)] ?? [])
        : Array<number>(WIDTH).fill(0);
      expect(largestDifference(token, wanted)).toBeLessThan(1e-12);
    });
    expect(largestDifference(await of('mean', five), await alone('mean'))).toBeLessThan(1e-12);
    expect(await of('tokens', otherwise)).toEqual(await of('tokens', five));
  });

  it('puts a trained vector in the place of hidden tokens', async () => {
    // Tokens that are embedded as they are.
    const identity = Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? 1 : 0));
    const token = [0.3, -0.2, 0.5];
    const run = (input: typeof five, masked: string): NodeRun => ({
      params: { ...params, width: 3, heads: 1, output: 'tokens', masked },
      inputs: masked === 'no' ? { in: input } : { in: input, mask },
      weights: { 'embedding.weight': identity, 'embedding.bias': [0, 0, 0], ...(masked === 'no' ? {} : { maskToken: token }) }, // prettier-ignore
    });
    const given = {
      ...five,
      values: five.values.map((x, index) =>
        HIDDEN[Math.floor(index / 3) % 5] === 1 ? (token[index % 3] ?? NaN) : x,
      ),
    };
    const found = await runOutput(moduleTransformer, 'out', run(five, 'replaced'));
    expect(found).toEqual(await runOutput(moduleTransformer, 'out', run(given, 'no')));
    expect(found).toEqual(await runOutput(moduleTransformer, 'out', run(otherwise, 'replaced')));
  });

  it('has the gradient that finite differences have beside a mask', async () => {
    const norm = { 'norm.scale': numbers(5, [WIDTH]) };
    for (const masked of ['absent', 'replaced']) {
      for (const output of ['mean', 'tokens']) {
        const run = {
          params: { ...params, output, masked },
          inputs: { in: five, mask },
          weights: norm,
        };
        expect(await gradientError(moduleTransformer, run, 'out')).toBeLessThan(1e-7);
      }
    }
  });

  it('reads a mask of the pixels of its patches, and gives zeros where all is hidden', async () => {
    const pixels = tensorOf([2, 4, 6, 1], (index) => (index < 24 && index % 6 < 2 ? 1 : 0));
    const tokens = tensorOf([2, 6, 1], (index) => (index === 0 || index === 3 ? 1 : 0));
    const of = (hidden: typeof pixels) =>
      runOutput(moduleTransformer, 'out', {
        params: { ...params, masked: 'absent' },
        inputs: { in: images, mask: hidden },
        weights,
      });
    expect(await of(pixels)).toEqual(await of(tokens));
    const none = await of(tensorOf([2, 6, 1], () => 1));
    expect(none).toEqual(Array<number>(2 * WIDTH).fill(0));
  });

  it('says what it makes', () => {
    const output = (given: Record<string, unknown>, shape = [28, 28, 1]): unknown =>
      inferNode(moduleTransformer, { in: tensorType(shape) }, given);
    const gives = (shape: number[]) => ({ ok: true, outputs: { out: tensorType(shape) } });
    expect(output({})).toEqual(gives([32]));
    expect(output({ role: 'expander' })).toEqual(gives([64]));
    expect(output({ output: 'tokens' })).toEqual(gives([49, 32]));
    expect(output({ output: 'tokens', patch: 7, width: 64 })).toEqual(gives([16, 64]));
    expect(output({ output: 'tokens' }, [10, 7])).toEqual(gives([10, 32]));
  });

  it('refuses what it cannot use, and says why', () => {
    const refusal = (types: Parameters<typeof inferNode>[1], given = {}): unknown => {
      const result = inferNode(moduleTransformer, types, given);
      return result.ok ? null : `${result.problem.code}: ${result.problem.message}`;
    };
    const image = { in: tensorType([28, 28, 1]) };
    expect(refusal(image, { width: 30 })).toBe(
      'node.bad-parameter: 4 heads cannot share a width of 30 equally.',
    );
    expect(refusal({ in: tensorType([28, 30, 1]) })).toBe(
      'node.bad-parameter: Patches of 4×4 do not divide an image of 28×30.',
    );
    expect(refusal({ in: tensorType([5]) })).toContain('a vector alone is one token');
    expect(refusal({ in: tensorType([2, 2, 2, 2]) })).toContain('shape.invalid: “in” is 2×2×2×2');
    expect(refusal({ in: [tensorType([4, 2]), tensorType([5, 2])] })).toContain(
      'different numbers of tokens (4 and 5)',
    );
    expect(refusal({ in: [tensorType([2], 4), tensorType([2], 5)] })).toContain(
      'different numbers of time steps (4 and 5)',
    );
    const masked = { in: tensorType([5, 2]), mask: tensorType([4, 1]) };
    expect(refusal(masked, { masked: 'absent' })).toBe(
      'shape.mismatch: the mask does not say of each of 5 tokens whether it is hidden.',
    );
    expect(refusal({ in: tensorType([2], 5), mask: tensorType([5, 1]) }, { masked: 'replaced' })).toContain('of each of 5 tokens'); // prettier-ignore
    expect(refusal(image, { width: 8192 })).toContain('shape.too-large: The largest weight array');
    expect(refusal({ in: tensorType([5000, 2]) })).toContain(
      'shape.too-large: The attention of each token to each',
    );
  });
});
