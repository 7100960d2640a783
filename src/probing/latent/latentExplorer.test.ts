import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { nearestCode, traversed } from './codes';
import { LatentExplorer } from './latentExplorer';
import type { LatentSettings } from './latentFrame';

type Sketch = Parameters<typeof sketchDocument>[0];

async function explorerOf(sketch: Sketch, viewId: string): Promise<LatentExplorer> {
  const result = await LatentExplorer.create(analyse(sketchDocument(sketch), registry), viewId, {
    engine: createReferenceEngine(),
    asset: () => Promise.reject(new Error('no file is needed')),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

const modelOf = (weights: Readonly<Record<string, readonly number[]>>) => ({
  snapshot: {
    step: 5,
    state: new Map(Object.entries(weights).map(([name, values]) => [name, Float64Array.from(values)])), // prettier-ignore
  },
  live: {},
});
const at = (viewId: string, change: Partial<LatentSettings> = {}): LatentSettings => ({
  ...{ viewId, sample: 0, changes: {} },
  ...change,
});

describe('codes', () => {
  it('are found from probabilities', () => {
    expect(nearestCode({ kind: 'binary', size: 3 }, [0.9, 0.2, 0.7])).toBe(5);
    expect(nearestCode({ kind: 'one-hot', size: 3 }, [0.2, 0.5, 0.3])).toBe(1);
  });

  it('are traversed from −3σ to 3σ, or once round', () => {
    const values = traversed({ kind: 'space', extent: 3 }, 1, 0.5);
    expect([values[0], values[4], values.at(-1)]).toEqual([-0.5, 1, 2.5]);
    const round = traversed({ kind: 'circle' }, 0, 9);
    expect(round[6]).toBeCloseTo(Math.PI / 2, 12);
  });
});

describe('LatentExplorer', () => {
  it('gives what an autoencoder makes of the code of a sample, and of codes near to it', async () => {
    const explorer = await explorerOf(
      {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 100 }],
          encoder: ['module.linear', { width: 1 }],
          decoder: ['module.linear', { width: 2 }],
          energy: 'energy.squared',
        },
        edges: [
          ...['points.y -> encoder.in', 'encoder.out -> decoder.in', 'decoder.out -> energy.a'],
          'points.y -> energy.b',
        ],
      },
      'encoder.out',
    );
    // c = 2 y₁ − y₂ + ½, and (3c + 1, −c).
    const model = modelOf({
      'encoder.weight': [2, -1],
      'encoder.bias': [0.5],
      'decoder.weight': [3, -1],
      'decoder.bias': [1, 0],
    });
    const frame = await explorer.frame(model, at('encoder.out', { sample: 3 }));
    const { target, points, made, mean, deviation, traversals } = frame;
    const [y1 = NaN, y2 = NaN] = target;
    expect([...(points ?? [])].slice(6, 8)).toEqual([y1, y2]);
    const code = 2 * y1 - y2 + 0.5;
    expect(frame.code[0]).toBeCloseTo(code, 5);
    expect(made[0]).toBeCloseTo(3 * code + 1, 4);
    expect(made[1]).toBeCloseTo(-code, 4);
    // Over the 20 held-out points.
    const codes = Array.from({ length: 20 }, (_, row) => 2 * (points?.[2 * row] ?? NaN) - (points?.[2 * row + 1] ?? NaN) + 0.5); // prettier-ignore
    const average = codes.reduce((sum, value) => sum + value, 0) / 20;
    const spread = Math.sqrt(codes.reduce((sum, value) => sum + (value - average) ** 2, 0) / 19);
    expect(mean[0]).toBeCloseTo(average, 4);
    expect(deviation[0]).toBeCloseTo(spread, 4);
    expect(traversals).toHaveLength(1);
    traversals[0]?.values.forEach((value, i) => {
      expect(value).toBeCloseTo(average + (i - 4) * 0.75 * spread, 4);
      expect(made[2 * (1 + i)]).toBeCloseTo(3 * value + 1, 3);
    });
    // The decoder is linear: its atom is what a unit of the code adds.
    expect(frame.gallery).toMatchObject({ kind: 'atoms', first: 10, count: 1 });
    expect([...made.subarray(20)].map((value) => Number(value.toFixed(4)))).toEqual([3, -1]);
    const changed = await explorer.frame(model, at('encoder.out', { changes: { 0: 0.25 } }));
    expect([...changed.made.subarray(0, 2)]).toEqual([1.75, -0.25]);
    explorer.dispose();
  });

  it('lists the codes of k-means, each with how many samples take it', async () => {
    const explorer = await explorerOf(
      {
        nodes: {
          points: ['data.points', { shape: 'gaussians', count: 200, centres: 2, radius: 4 }],
          z: ['latent.discrete', { k: 3 }],
          centres: ['module.table', { width: 2 }],
          energy: ['energy.squared', { reduce: 'sum' }],
        },
        edges: ['z.z -> centres.in', 'centres.out -> energy.a', 'points.y -> energy.b'],
      },
      'z.z',
    );
    const frame = await explorer.frame(
      modelOf({ 'centres.weight': [4, 0, -4, 0, 90, 90] }),
      at('z.z'),
    );
    const { gallery, made, code, points } = frame;
    expect(gallery).toMatchObject({ kind: 'codes', first: 1, count: 3 });
    expect([...made.subarray(2)]).toEqual([4, 0, -4, 0, 90, 90]);
    const onRight = [...(points ?? [])].filter((_, place) => place % 2 === 0).filter((x) => x > 0);
    expect(gallery?.use[0]).toBeCloseTo(onRight.length / 40, 6);
    expect(gallery?.use[2]).toBe(0);
    expect(code[(points?.[0] ?? NaN) > 0 ? 0 : 1]).toBe(1);
  });

  it('finds the y of least energy where nothing makes one', async () => {
    const explorer = await explorerOf(
      {
        nodes: {
          points: ['data.points', { shape: 'ellipse', count: 100 }],
          z: ['latent.angle', { grid: 16 }],
          energy: 'energy.ellipse',
        },
        edges: ['points.y -> energy.y', 'z.z -> energy.z'],
      },
      'z.z',
    );
    const { made, traversals } = await explorer.frame(
      { snapshot: null, live: {} },
      at('z.z', { changes: { 0: 0 } }),
    );
    // (r₁ sin z, r₂ cos z): at 0 the top, at π/2 the right end.
    const [x = NaN, top = NaN] = made;
    expect(x).toBeCloseTo(0, 2);
    const quarter = (traversals[0]?.first ?? NaN) + 6;
    const right = made[2 * quarter] ?? NaN;
    expect(made[2 * quarter + 1]).toBeCloseTo(0, 2);
    const eighth = (traversals[0]?.first ?? NaN) + 3;
    expect(made[2 * eighth]).toBeCloseTo(right * Math.SQRT1_2, 2);
    expect(made[2 * eighth + 1]).toBeCloseTo(top * Math.SQRT1_2, 2);
  });

  it('fails where the graph makes nothing of a port', async () => {
    const nodes = { points: ['data.points', { shape: 'moons', count: 50 }] } as const;
    await expect(explorerOf({ nodes }, 'points.y')).rejects.toThrow('sample.no-port');
  });
});
