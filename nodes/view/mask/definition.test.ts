import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/compiler/analysis/analyse';
import { sketchDocument } from '../../../src/compiler/testing/testGraphs';
import { defined } from '../../../src/core/invariant';
import { createRegistry } from '../../../src/graph/registry';
import { tensorType } from '../../../src/graph/ports';
import { dataDigits } from '../../data/digits/definition';
import { energySquared } from '../../energy/squared/definition';
import { moduleMlp } from '../../module/mlp/definition';
import { inferNode, runNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensorOf } from '../../shared/testing/tensor';
import { viewMask } from './definition';

const vectors = tensorOf([300, 10], scatter(1));
const images = tensorOf([40, 5, 6, 2], scatter(2));

async function masked(run: NodeRun): Promise<{ out: number[][]; mask: number[][] }> {
  const { outputs } = await runNode(viewMask, run);
  return {
    out: rowsOf(defined(outputs['out'], 'out')),
    mask: rowsOf(defined(outputs['mask'], 'mask')),
  };
}

function count(row: readonly number[]): number {
  return row.reduce((sum, x) => sum + x, 0);
}

describe('view.mask', () => {
  it('hides exactly the ratio of each sample, and says where', async () => {
    for (const [ratio, hidden] of [
      [0, 0],
      [0.34, 3],
      [0.75, 8],
      [1, 10],
    ] as const) {
      // prettier-ignore
      const { out, mask } = await masked({ inputs: { in: vectors }, live: { ratio } });
      expect(new Set(mask.flat()), `${ratio}`).toEqual(
        new Set(hidden === 0 ? [0] : hidden === 10 ? [1] : [0, 1]),
      );
      for (const row of mask) expect(count(row)).toBe(hidden);
      const expected = rowsOf(vectors).map((row, n) =>
        row.map((value, d) => (mask[n]?.[d] === 1 ? 0 : value)),
      );
      expect(out).toEqual(expected);
    }
  });

  it('hides all places equally often, each pair too, and anew in each step', async () => {
    const { mask } = await masked({ inputs: { in: vectors }, live: { ratio: 0.5 } });
    const places = Array.from({ length: 10 }, (_, d) => count(mask.map((row) => row[d] ?? NaN)));
    // Without replacement, counts of places vary by (1 − r) of a multinomial's: χ² with 9 degrees, 99.9 % below 27.9.
    const chi2 = places.reduce((sum, n) => sum + (n - 150) ** 2 / (150 * 0.5 * (10 / 9)), 0);
    expect(chi2).toBeLessThan(27.9);
    const both = mask.filter((row) => row[0] === 1 && row[1] === 1).length;
    const chance = (5 * 4) / (10 * 9);
    expect(Math.abs(both / 300 - chance)).toBeLessThan(
      4 * Math.sqrt((chance * (1 - chance)) / 300),
    );
    const next = await masked({ inputs: { in: vectors }, live: { ratio: 0.5 }, step: 1 });
    expect(next.mask).not.toEqual(mask);
  });

  it('hides whole patches with all channels, also where they do not divide the image', async () => {
    const params = { unit: 'patch', patch: 4 };
    const { mask } = await masked({ inputs: { in: images }, params, live: { ratio: 0.5 } });
    // 5×6 pixels are 2×2 patches: of 4×4, 4×2, 1×4 and 1×2 pixels.
    for (const row of mask) {
      const patches = new Map<string, Set<number>>();
      row.forEach((value, index) => {
        const pixel = Math.floor(index / 2);
        const patch = `${Math.floor(pixel / 6 / 4)},${Math.floor((pixel % 6) / 4)}`;
        patches.set(patch, (patches.get(patch) ?? new Set()).add(value));
      });
      const found = [...patches.values()].map((values) => [...values]);
      expect(found.every(({ length }) => length === 1)).toBe(true);
      expect(count(found.flat())).toBe(2);
    }
    expect(new Set(mask.map((row) => row.join())).size).toBe(6);
  });

  it('hides by chance where there are more than 256 units', async () => {
    const input = tensorOf([50, 20, 20, 1], scatter(3));
    const { mask } = await masked({ inputs: { in: input }, live: { ratio: 0.3 } });
    const part = count(mask.flat()) / mask.flat().length;
    expect(Math.abs(part - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / (50 * 400)));
    expect(new Set(mask.map(count)).size).toBeGreaterThan(5);
  });

  it('fills with another number, live', async () => {
    const { out, mask } = await masked({ inputs: { in: vectors }, live: { fill: -7 } });
    mask.forEach((row, n) => {
      row.forEach((hidden, d) => {
        expect(out[n]?.[d] === -7).toBe(hidden === 1);
      });
    });
  });

  it('gives an energy the mask of what had to be guessed', async () => {
    const { outputs } = await runNode(viewMask, { inputs: { in: vectors } });
    const mask = { ...defined(outputs['mask'], 'mask'), timed: false };
    const guess = tensorOf(vectors.shape, scatter(4));
    const energy = await runOutput(energySquared, 'energy', {
      inputs: { a: vectors, b: guess, mask },
    });
    const [truth, guesses] = [rowsOf(vectors), rowsOf(guess)];
    rowsOf(mask).forEach((row, n) => {
      const squares = row.flatMap((hidden, d) =>
        hidden === 1 ? [((truth[n]?.[d] ?? NaN) - (guesses[n]?.[d] ?? NaN)) ** 2] : [],
      );
      expect(squares).toHaveLength(8);
      expect(energy[n]).toBeCloseTo(count(squares) / 8, 12);
    });
  });

  it('lets the gradient through where nothing is hidden', async () => {
    const run = { inputs: { in: vectors }, gradientOf: 'out' };
    const { outputs, gradients } = await runNode(viewMask, run);
    const shown = outputs['mask']?.values.map((hidden) => 1 - hidden);
    expect(gradients['in']?.[0]?.values).toEqual(shown);
  });

  it('hides in evaluation too, unless it is told not to', async () => {
    const run = { inputs: { in: vectors }, mode: 'evaluate' as const };
    expect(count((await masked(run)).mask.flat())).toBe(300 * 8);
    const off = await masked({ ...run, params: { inEvaluation: false } });
    expect(off.out.flat()).toEqual(vectors.values);
    expect(count(off.mask.flat())).toBe(0);
  });

  it('refuses patches of what is no image', () => {
    expect(inferNode(viewMask, { in: tensorType([64]) }, { unit: 'patch' })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });

  it('takes its mask along where it is bypassed, and hands its input on as before', () => {
    const document = sketchDocument({
      nodes: {
        digits: 'data.digits',
        mask: 'view.mask',
        decoder: ['module.mlp', { outputShape: [8, 8, 1] }],
        energy: 'energy.squared',
      },
      edges: [
        'digits.x -> mask.in',
        'mask.out -> decoder.in',
        'decoder.out -> energy.a',
        'digits.x -> energy.b',
        'mask.mask -> energy.mask',
      ],
    });
    const nodes = document.nodes.map((node) =>
      node.id === 'mask' ? { ...node, bypassed: true as const } : node,
    );
    const registry = createRegistry([dataDigits, viewMask, moduleMlp, energySquared]);
    const { graph, diagnostics } = analyse({ ...document, nodes }, registry);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(graph.byId.get('energy')?.inputs.has('mask')).toBe(false);
    expect(graph.byId.get('decoder')?.inputs.get('in')).toEqual([{ nodeId: 'digits', port: 'x' }]);
  });
});
