import { describe, expect, it } from 'vitest';
import { readAsset } from '../../cli/assets';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { pictureSources } from '../../compiler/programs/pictureSources';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Picturer } from './picturer';

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
});
