import { describe, expect, it } from 'vitest';
import { readAsset } from '../../cli/assets';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { compileNodePictures } from '../../compiler/programs/compileNodePictures';
import type { PictureValues } from '../../compiler/programs/nodePictures';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { defined } from '../../core/invariant';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { NodePicturer } from './nodePicturer';

type Sketch = Parameters<typeof sketchDocument>[0];

const AUTOENCODER: Sketch = {
  nodes: {
    digits: 'data.digits',
    cut: ['view.cutout', { size: 3 }],
    encoder: ['module.linear', { width: 4 }],
    decoder: ['module.mlp', { outputShape: [8, 8, 1], widths: [] }],
    energy: 'energy.squared',
  },
  edges: [
    ...['digits.x -> cut.in', 'cut.out -> encoder.in', 'encoder.out -> decoder.in'],
    ...['decoder.out -> energy.a', 'digits.x -> energy.b'],
  ],
};

async function picturesOf(
  sketch: Sketch,
  nodeIds: readonly string[],
  snapshot: { step: number; state: Map<string, Float32Array> } | null = null,
): Promise<Map<string, PictureValues>> {
  const result = await NodePicturer.create(
    analyse(sketchDocument(sketch), registry),
    { engine: createReferenceEngine(), asset: readAsset },
    new Set(nodeIds),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const pictures = await result.value.pictures({ snapshot, live: {} });
  result.value.dispose();
  return new Map(pictures.map((picture) => [picture.nodeId, picture]));
}

const pane = (pictures: Map<string, PictureValues>, id: string, index = 0) =>
  defined(pictures.get(id)?.panes[index], `pane of ${id}`);

/** Pixels of the first held-out digits, 0 to 1: they come after 1437 for training. */
async function heldOutDigits(count: number): Promise<number[]> {
  const bytes = new Uint8Array(await readAsset('digits.bin'));
  return [...bytes.subarray(1437 * 64, (1437 + count) * 64)].map((pixel) => pixel / 16);
}

describe('the pictures on nodes', () => {
  it('are the first held-out samples, before and after a view of them', async () => {
    const pictures = await picturesOf(AUTOENCODER, ['digits', 'cut']);
    const digits = await heldOutDigits(8);
    expect([...pane(pictures, 'digits').values]).toEqual(digits);
    expect([...pane(pictures, 'cut', 0).values]).toEqual(digits);
    // A square of 3 × 3 is black, or the part of it that lies within, and nothing else has changed.
    const after = pane(pictures, 'cut', 1).values;
    for (let sample = 0; sample < 8; sample++) {
      const changed = digits
        .slice(64 * sample, 64 * (sample + 1))
        .flatMap((pixel, at) => (pixel === after[64 * sample + at] ? [] : [at]));
      for (const at of changed) expect(after[64 * sample + at]).toBe(0);
      const [rows, columns] = [changed.map((at) => at >> 3), changed.map((at) => at & 7)];
      if (changed.length === 0) continue;
      expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(3);
      expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(3);
    }
    expect([...after]).not.toEqual(digits);
  });

  it('are those of the step that training is at, and the same again', async () => {
    const at = async (step: number) => [
      ...pane(await picturesOf(AUTOENCODER, ['cut'], { step, state: new Map() }), 'cut', 1).values,
    ];
    expect(await at(3)).toEqual(await at(3));
    expect(await at(3)).not.toEqual(await at(4));
  });

  it('are what a decoder makes with its weights', async () => {
    const state = new Map([
      ['decoder.0.weight', new Float32Array(4 * 64)],
      ['decoder.0.bias', Float32Array.from({ length: 64 }, (_, pixel) => pixel / 64)],
    ]);
    const pictures = await picturesOf(AUTOENCODER, ['decoder'], { step: 9, state });
    expect([...pictures.keys()]).toEqual(['decoder']);
    expect([...pane(pictures, 'decoder').values]).toEqual(
      Array.from({ length: 8 * 64 }, (_, at) => (at % 64) / 64),
    );
    expect(pane(pictures, 'decoder').limits).toEqual([0, 1]);
  });

  it('are points of one scale, those that are made over those that are observed', async () => {
    const pictures = await picturesOf(
      {
        nodes: {
          points: ['data.points', { shape: 'moons', count: 500 }],
          decoder: ['module.linear', { width: 2 }],
          energy: 'energy.squared',
        },
        edges: ['points.y -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b'],
      },
      ['points', 'decoder'],
      { step: 1, state: new Map([['decoder.weight', Float32Array.of(9, 0, 0, 9)]]) },
    );
    const given = pane(pictures, 'points');
    const made = pane(pictures, 'decoder');
    expect(given.values).toHaveLength(2 * 96);
    expect(given.limits).toEqual([Math.min(...given.values), Math.max(...given.values)]);
    expect(given.behind).toBeNull();
    expect(made.behind).toEqual(given.values);
    expect(made.limits[1]).toBe(Math.max(...given.values, ...made.values));
  });

  it('take x from one column and y from another', async () => {
    const pictures = await picturesOf(
      { nodes: { points: ['data.points', { shape: 'parabola' }] }, edges: [] },
      ['points'],
    );
    const { values } = pane(pictures, 'points');
    // The kind's own noise is small: they lie along y = x².
    for (let at = 0; at < values.length; at += 2) {
      expect(Math.abs((values[at + 1] ?? NaN) - (values[at] ?? NaN) ** 2)).toBeLessThan(0.5);
    }
  });

  it('are there for what errors of the graph do not touch', async () => {
    const unfinished: Sketch = {
      nodes: {
        digits: 'data.digits',
        z: ['latent.continuous', { d: 4 }],
        decoder: ['module.mlp', { outputShape: [8, 8, 1], widths: [] }],
        direct: ['module.mlp', { outputShape: [8, 8, 1], widths: [] }],
        energy: 'energy.squared',
      },
      edges: ['digits.x -> energy.a', 'z.z -> decoder.in', 'digits.x -> direct.in'],
    };
    const ids = ['decoder', 'digits', 'direct'];
    const shown = async (sketch: Sketch) => [...(await picturesOf(sketch, ids)).keys()].sort();
    // What inference would find is not known yet.
    expect(await shown(unfinished)).toEqual(['digits', 'direct']);
    const finished = {
      ...unfinished,
      edges: [...(unfinished.edges ?? []), 'decoder.out -> energy.b'],
    };
    expect(await shown(finished)).toEqual(ids);
  });

  it('leave out what nobody asks for', () => {
    const analysis = analyse(sketchDocument(AUTOENCODER), registry);
    const program = compileNodePictures(analysis, new Set(['digits']))?.program;
    expect(program?.state).toEqual([]);
    expect(compileNodePictures(analysis, new Set(['energy']))).toBeNull();
  });
});
