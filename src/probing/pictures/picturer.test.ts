import { describe, expect, it } from 'vitest';
import { readAsset } from '../../cli/assets';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { pictureSources } from '../../compiler/programs/pictureSources';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Picturer } from './picturer';
import type { PictureStrip } from './pictureStrip';

const autoencoder = (view: boolean) =>
  analyse(
    sketchDocument({
      nodes: {
        digits: 'data.digits',
        noisy: ['view.noise', { strength: 0.5 }],
        encoder: ['module.linear', { width: 4 }],
        decoder: ['module.mlp', { outputShape: [8, 8, 1], widths: [] }],
        energy: 'energy.squared',
      },
      edges: [
        'digits.x -> noisy.in',
        view ? 'noisy.out -> encoder.in' : 'digits.x -> encoder.in',
        ...['encoder.out -> decoder.in', 'decoder.out -> energy.a', 'digits.x -> energy.b'],
      ],
    }),
    registry,
  );

describe('pictures of a graph', () => {
  it('are what it observes, and what it makes in the same shape; no views', () => {
    expect(
      pictureSources(autoencoder(true)).map(({ key, label, shape }) => [key, label, shape]),
    ).toEqual([
      ['digits.x', 'digits', [8, 8, 1]],
      ['decoder.out', 'decoder', [8, 8, 1]],
    ]);
  });

  it('are none where nothing is made in the shape of an image', () => {
    const encoding = analyse(
      sketchDocument({
        nodes: {
          digits: 'data.digits',
          f: ['module.linear', { width: 4 }],
          energy: 'energy.squared',
        },
        edges: ['digits.x -> f.in', 'f.out -> energy.a', 'f.out -> energy.b'],
      }),
      registry,
    );
    expect(pictureSources(encoding)).toEqual([]);
  });

  it('are the first held-out samples, and their reconstructions', async () => {
    const result = await Picturer.create(autoencoder(false), {
      engine: createReferenceEngine(),
      asset: readAsset,
    });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const state = new Map([
      ['decoder.0.weight', new Float32Array(4 * 64)],
      ['decoder.0.bias', Float32Array.from({ length: 64 }, (_, pixel) => pixel / 64)],
    ]);
    const strip = await result.value.strip({ snapshot: { step: 9, state }, live: {} });
    expect(strip).toMatchObject({ step: 9, count: 12 });
    const bytes = new Uint8Array(await readAsset('digits.bin'));
    const [digits, made] = strip.rows;
    // Held-out rows come after 1437 for training; pixels are 0 to 16.
    expect([...(digits?.values ?? [])]).toEqual(
      [...bytes.subarray(1437 * 64, (1437 + 12) * 64)].map((pixel) => pixel / 16),
    );
    expect([...(made?.values ?? [])]).toEqual(
      Array.from({ length: 12 * 64 }, (_, at) => (at % 64) / 64),
    );
    result.value.dispose();
  });

  it('are the atoms of a dictionary, whatever number of them it has', async () => {
    const dictionary = analyse(
      sketchDocument({
        nodes: {
          digits: 'data.digits',
          z: ['latent.continuous', { d: 5, evaluationSteps: 1 }],
          atoms: ['module.table', { outputShape: [8, 8, 1] }],
          energy: 'energy.squared',
        },
        edges: ['z.z -> atoms.in', 'atoms.out -> energy.a', 'digits.x -> energy.b'],
      }),
      registry,
    );
    const weights = Float32Array.from({ length: 5 * 64 }, (_, at) => at - 100);
    const strip = await stripOf(dictionary, new Map([['atoms.weight', weights]]));
    expect(strip.rows.map(({ label, count, limits }) => [label, count, limits])).toEqual([
      ['digits', 12, [0, 1]],
      ['atoms', 12, [0, 1]],
      ['Atoms of atoms', 5, null],
    ]);
    expect(strip.rows[2]?.values).toEqual(weights);
  });

  it('are damaged patterns, and what a memory recalls of them', async () => {
    const memory = analyse(
      sketchDocument({
        nodes: {
          letters: ['data.patterns', { letters: 3, flip: 0.15 }],
          memory: 'energy.hopfield',
          loss: 'loss.energy',
        },
        edges: ['letters.y -> memory.y', 'memory.energy -> loss.energy'],
      }),
      registry,
    );
    const before = await stripOf(memory, new Map());
    expect(before.rows.map(({ label, shape, limits }) => [label, shape, limits])).toEqual([
      ['letters', [7, 7, 1], [-1, 1]],
      ['Damaged', [7, 7, 1], [-1, 1]],
      ['Recalled by memory', [7, 7, 1], [-1, 1]],
    ]);
    const [letters] = before.rows;
    const row = (index: number): number[] => [
      ...(letters?.values.subarray(49 * index, 49 * (index + 1)) ?? []),
    ];
    // Hebb's rule (Hopfield 1982): W = Σ y yᵀ/n; its diagonal is left out by the energy.
    const hebb = Array.from({ length: 49 * 49 }, (_, at) =>
      [0, 1, 2].reduce(
        (sum, letter) =>
          sum + ((row(letter)[Math.floor(at / 49)] ?? NaN) * (row(letter)[at % 49] ?? NaN)) / 49,
        0,
      ),
    );
    const { rows } = await stripOf(memory, new Map([['memory.weight', Float32Array.from(hebb)]]));
    const [right, damaged, recalled] = rows.map(({ values }) => [...values]);
    expect(damaged?.filter((unit, at) => unit !== right?.[at])).toHaveLength(12 * 7);
    expect(recalled).toEqual(right);
  });

  it('are contrastive units of the current batch, and samples that start at nothing', async () => {
    const machine = analyse(
      sketchDocument({
        nodes: {
          bars: ['data.patterns', { source: 'bars', size: 2, values: '0/1' }],
          machine: ['energy.rbm', { units: 3 }],
          gibbs: 'negative.gibbs',
          loss: 'loss.nll',
        },
        edges: [
          ...['bars.y -> machine.y', 'bars.y -> gibbs.y', 'machine.energy -> loss.energy'],
          'gibbs.negative -> loss.negative',
        ],
      }),
      registry,
    );
    // No couplings, and a bias of 40 on the first unit and of −40 on the others.
    const state = new Map([
      ['machine.weight', new Float32Array(12)],
      ['machine.visibleBias', Float32Array.of(40, -40, -40, -40)],
    ]);
    const strip = await stripOf(machine, state);
    const labels = strip.rows.map(({ label }) => label);
    expect(labels).toEqual([
      ...['bars', 'Damaged', 'Recalled by machine', 'Contrastive gibbs', 'Samples of machine'],
    ]);
    for (const { values } of strip.rows.slice(2)) {
      expect([...values]).toEqual(Array.from({ length: 48 }, (_, at) => (at % 4 === 0 ? 1 : 0)));
    }
  });
});

async function stripOf(
  analysis: ReturnType<typeof analyse>,
  state: ReadonlyMap<string, Float32Array>,
): Promise<PictureStrip> {
  const result = await Picturer.create(analysis, {
    engine: createReferenceEngine(),
    asset: readAsset,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const strip = await result.value.strip({ snapshot: { step: 3, state }, live: {} });
  result.value.dispose();
  return strip;
}
