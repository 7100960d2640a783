import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import { createTfjsEngine } from '../../../src/engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../../../src/engine/tfjs/nodeWasm';
import type { Engine } from '../../../src/engine/engine';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, lowerRun, runLowered, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { lossInfoNCE } from './definition';

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, d) => sum + x * (b[d] ?? NaN), 0) / Math.hypot(...a) / Math.hypot(...b);
}

/** −log of the part that the pair has among all candidates, averaged over queries. */
function meanCrossEntropy(
  queries: readonly { pair: number; candidates: readonly number[] }[],
  temperature: number,
): number {
  const losses = queries.map(({ pair, candidates }) => {
    const total = candidates.reduce((sum, c) => sum + Math.exp(c / temperature), 0);
    return -Math.log(Math.exp(pair / temperature) / total);
  });
  return losses.reduce((sum, x) => sum + x, 0) / losses.length;
}

function oneDirection(a: TestTensor, b: TestTensor, temperature: number): number {
  const [left, right] = [rowsOf(a), rowsOf(b)];
  const queries = left.map((row, i) => ({
    pair: cosine(row, right[i] ?? []),
    candidates: right.map((other) => cosine(row, other)),
  }));
  return meanCrossEntropy(queries, temperature);
}

function ntXent(a: TestTensor, b: TestTensor, temperature: number): number {
  const all = [...rowsOf(a), ...rowsOf(b)];
  const half = all.length / 2;
  const queries = all.map((row, i) => ({
    pair: cosine(row, all[(i + half) % all.length] ?? []),
    candidates: all.filter((_, j) => j !== i).map((other) => cosine(row, other)),
  }));
  return meanCrossEntropy(queries, temperature);
}

const [A, B] = [tensorOf([6, 4], scatter(1)), tensorOf([6, 4], scatter(2))];

async function loss(inputs: Record<string, TestTensor>, params = {}, live = {}): Promise<number> {
  const [value = NaN] = await runOutput(lossInfoNCE, 'loss', { inputs, params, live });
  return value;
}

describe('loss.infoNCE', () => {
  it('is the cross-entropy of each a with its own b among all b', async () => {
    expect(await loss({ a: A, b: B })).toBeCloseTo(oneDirection(A, B, 0.07), 10);
    expect(await loss({ a: B, b: A })).not.toBeCloseTo(oneDirection(A, B, 0.07), 2);
    expect(await loss({ a: A, b: B }, {}, { temperature: 2 })).toBeCloseTo(oneDirection(A, B, 2), 10); // prettier-ignore
  });

  it('is NT-Xent when asked for: all 2N rows, but for the row itself', async () => {
    const params = { form: 'ntXent', temperature: 0.5 };
    expect(await loss({ a: A, b: B }, params)).toBeCloseTo(ntXent(A, B, 0.5), 10);
    expect(await loss({ a: B, b: A }, params)).toBeCloseTo(ntXent(A, B, 0.5), 10);
    const live = { temperature: 1.3 };
    expect(await loss({ a: A, b: B }, params, live)).toBeCloseTo(ntXent(A, B, 1.3), 10);
  });

  it('compares directions only, and flattens images', async () => {
    const longer = { ...A, values: A.values.map((x) => 5 * x) };
    expect(await loss({ a: longer, b: B })).toBeCloseTo(oneDirection(A, B, 0.07), 10);
    const image = (z: TestTensor): TestTensor => ({ ...z, shape: [6, 2, 2, 1] });
    expect(await loss({ a: image(A), b: image(B) })).toBeCloseTo(oneDirection(A, B, 0.07), 10);
  });

  it('has the gradient that finite differences have, into both sides', async () => {
    const inputs = { a: tensorOf([4, 3], scatter(3)), b: tensorOf([4, 3], scatter(4)) };
    for (const form of ['oneDirection', 'ntXent']) {
      const params = { form, temperature: 0.3 };
      expect(await gradientError(lossInfoNCE, { inputs, params }, 'loss'), form).toBeLessThan(1e-7);
    }
  });

  it('refuses sides of different shapes', () => {
    expect(inferNode(lossInfoNCE, { a: tensorType([8]), b: tensorType([9]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'b' },
    });
  });
});

describe('loss.infoNCE at a temperature of 0.01', () => {
  let tfjs: Engine;
  beforeAll(async () => {
    const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
    if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
    tfjs = made.value;
  });
  afterAll(() => tfjs.dispose());

  const aligned = tensor([[1, 0], [0, 1]]); // prettier-ignore
  const swapped = tensor([[0, 1], [1, 0]]); // prettier-ignore

  it.each(['oneDirection', 'ntXent'])(
    'is 0 for two orthonormal pairs and exactly 100 when they are swapped: %s',
    async (form) => {
      const params = { form, temperature: 0.01 };
      for (const engine of [createReferenceEngine(), tfjs]) {
        for (const [b, expected] of [
          [aligned, 0],
          [swapped, 100],
        ] as const) {
          // prettier-ignore
          const run = { inputs: { a: aligned, b }, params, gradientOf: 'loss' };
          const { outputs, gradients } = await runLowered(lowerRun(lossInfoNCE, run), {
            ...run,
            engine,
          });
          expect(outputs['loss']?.values, engine.info.name).toEqual([expected]);
          for (const port of ['a', 'b']) {
            expect(gradients[port]?.[0]?.values.every(Number.isFinite)).toBe(true);
          }
        }
      }
    },
  );
});
