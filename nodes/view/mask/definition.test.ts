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

  describe('of blocks', () => {
    const DOWN = 7;
    const many = tensorOf([400, 14, 14, 1], (index) => 1 + scatter(5)(index) / 10);
    const params = { unit: 'blocks', patch: 2 };

    /** Which patches of a sample are hidden, all pixels of each alike, as rows of the grid. */
    function grids(mask: readonly number[][]): number[][][] {
      return mask.map((pixels) =>
        Array.from({ length: DOWN }, (_, y) =>
          Array.from({ length: DOWN }, (__, x) => {
            const own = [0, 1, 14, 15].map((offset) => pixels[28 * y + 2 * x + offset]);
            expect(new Set(own).size).toBe(1);
            return own[0] ?? NaN;
          }),
        ),
      );
    }

    it('hides one rectangle anywhere, of an area and an aspect ratio in their bounds', async () => {
      const { mask } = await masked({ inputs: { in: many }, params: { ...params, blocks: 1 } });
      const tops = new Set<string>();
      for (const grid of grids(mask)) {
        const rows = grid.flatMap((row, y) => (row.includes(1) ? [y] : []));
        const columns = (grid[rows[0] ?? -1] ?? []).flatMap((value, x) => (value === 1 ? [x] : []));
        const [height, width] = [rows.length, columns.length];
        // A rectangle: as many hidden patches as its sides have.
        expect(count(grid.flat())).toBe(height * width);
        expect((rows.at(-1) ?? NaN) - (rows[0] ?? NaN)).toBe(height - 1);
        expect((columns.at(-1) ?? NaN) - (columns[0] ?? NaN)).toBe(width - 1);
        // √(0.15·49·0.75) = 2.3 to √(0.2·49·1.5) = 3.8 patches high, √(0.15·49/1.5) = 2.2 to √(0.2·49/0.75) = 3.6 wide.
        expect([2, 3, 4]).toContain(height);
        expect([2, 3, 4]).toContain(width);
        tops.add(`${height} ${rows[0]}`);
      }
      // Of three patches, 0 to 4 are all the places there are.
      for (const top of [0, 1, 2, 3, 4]) expect(tops).toContain(`3 ${top}`);
      expect(tops).not.toContain('3 5');
    });

    it('places all of a size equally often', async () => {
      // Nine patches: mostly three a side, by the aspect ratio.
      const live = { smallest: 9 / 49, largest: 9 / 49 };
      const { mask } = await masked({
        inputs: { in: many },
        params: { ...params, blocks: 1 },
        live,
      });
      const first = grids(mask).map((grid) => grid.findIndex((row) => row.includes(1)));
      const heights = grids(mask).map((grid) => grid.filter((row) => row.includes(1)).length);
      const threes = first.filter((_, row) => heights[row] === 3);
      expect(threes.length).toBeGreaterThan(200);
      const expected = threes.length / 5;
      const counts = [0, 1, 2, 3, 4].map((top) => threes.filter((one) => one === top).length);
      // χ² with 4 degrees, 99.9 % below 18.5.
      expect(count(counts.map((n) => (n - expected) ** 2 / expected))).toBeLessThan(18.5);
    });

    it('hides all blocks of a sample, and tells which patches as a list', async () => {
      const { outputs } = await runNode(viewMask, { inputs: { in: many }, params });
      const mask = rowsOf(defined(outputs['mask'], 'mask'));
      expect(outputs['tokens']?.shape).toEqual([400, 49, 1]);
      expect(outputs['tokens']?.values).toEqual(grids(mask).flat(2));
      const parts = mask.map((row) => count(row) / 196);
      // One block covers at least 4 of 49 patches, and four cover at most 4 · 12.
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(4 / 49);
      expect(new Set(parts).size).toBeGreaterThan(10);
      expect(count(parts) / 400).toBeGreaterThan(0.35);
      expect(count(parts) / 400).toBeLessThan(0.65);
      const out = rowsOf(defined(outputs['out'], 'out'));
      const expected = rowsOf(many).map((row, n) =>
        row.map((value, d) => (mask[n]?.[d] === 1 ? 0 : value)),
      );
      expect(out).toEqual(expected);
    });

    it('hides at least a patch, and at most everything', async () => {
      const of = async (part: number) =>
        masked({ inputs: { in: many }, params: { ...params, blocks: 1 }, live: { smallest: part, largest: part } }); // prettier-ignore
      for (const row of (await of(0)).mask) expect(count(row)).toBe(4);
      const whole = (await of(1)).mask.map((row) => count(row) / 196);
      expect(Math.max(...whole)).toBe(1);
      // Drawn out to one side it would leave the image there, and is cut.
      expect(Math.min(...whole)).toBeGreaterThan(0.8);
    });

    it('hides nothing in evaluation where it is told not to', async () => {
      const run = { inputs: { in: many }, params: { ...params, inEvaluation: false }, mode: 'evaluate' as const }; // prettier-ignore
      const { outputs } = await runNode(viewMask, run);
      expect(outputs['out']?.values).toEqual(many.values);
      expect(new Set(outputs['tokens']?.values)).toEqual(new Set([0]));
    });
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
